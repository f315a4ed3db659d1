"""The exceptions: one base, one class a kind of error."""

# Generated from the core's tables by `make generate`: do not edit.

from kessai._error import KessaiError

__all__ = [
    "ApiError",
    "AuthenticationError",
    "CardError",
    "DuplicateInvoiceError",
    "IdempotencyError",
    "InputError",
    "InternalError",
    "InvalidRequestError",
    "KessaiConnectionError",
    "KessaiError",
    "KessaiPermissionError",
    "KessaiTimeoutError",
    "MismatchError",
    "NonceError",
    "NonceExhaustedError",
    "NotFoundError",
    "OutcomeUnknownError",
    "ProtocolError",
    "RateLimitError",
    "SignatureError",
]


class InputError(KessaiError):
    """A parameter is missing or wrong.

    Nothing was sent; ``param`` names it.
    """

    kind = "input"


class AuthenticationError(KessaiError):
    """The service does not know the API key, or the secret does not fit it."""

    kind = "authentication"


class KessaiPermissionError(KessaiError):
    """The account may not use the API."""

    kind = "permission"


class InvalidRequestError(KessaiError):
    """The service refused the request as wrong.

    ``param`` names the parameter where the service did.
    """

    kind = "invalid_request"


class NonceError(KessaiError):
    """No nonce that the service accepts could be had in time.

    Nothing was executed.
    """

    kind = "nonce"


class NonceExhaustedError(KessaiError):
    """The API key has used up its nonces: issue a new key."""

    kind = "nonce_exhausted"


class RateLimitError(KessaiError):
    """Too many calls; nothing was executed.

    Call again later.
    """

    kind = "rate_limit"


class CardError(KessaiError):
    """The card was declined."""

    kind = "card"


class IdempotencyError(KessaiError):
    """An idempotency key was used again for another request."""

    kind = "idempotency"


class DuplicateInvoiceError(KessaiError):
    """One order has several live invoices: a customer could pay both.

    ``invoice_ids`` names them, oldest first.
    """

    kind = "duplicate_invoice"


class MismatchError(KessaiError):
    """What the service says of a payment does not fit what the shop expects."""

    kind = "mismatch"


class NotFoundError(KessaiError):
    """There is no such object."""

    kind = "not_found"


class KessaiConnectionError(KessaiError):
    """The connection could not be made, or broke."""

    kind = "connection"


class KessaiTimeoutError(KessaiError):
    """The time limit passed."""

    kind = "timeout"


class ProtocolError(KessaiError):
    """An answer that cannot be read as one of the service's."""

    kind = "protocol"


class SignatureError(KessaiError):
    """A webhook's signature is missing or wrong."""

    kind = "signature"


class OutcomeUnknownError(KessaiError):
    """Nobody can say yet whether the call was executed.

    Do not repeat it: resume it with the handle in ``resume``, where there is one.
    """

    kind = "outcome_unknown"


class ApiError(KessaiError):
    """The service answered with a message that its documents do not list."""

    kind = "api"


class InternalError(KessaiError):
    """A defect in kessai itself: please report it."""

    kind = "internal"


# Every code, and the class of the errors that bear it.
CODES: dict[str, type[KessaiError]] = {
    # A required parameter is missing.
    "input.missing": InputError,
    # A parameter's value is not allowed.
    "input.invalid": InputError,
    # There is no parameter or option of this name.
    "input.unknown": InputError,
    # The client was closed before the call.
    "input.closed": InputError,
    # `nonce not incremented`: a call with a higher nonce came first, and the tries allowed did
    # not get past it.
    "zaif.nonce_not_incremented": NonceError,
    # No nonce within 300 s of the service's time is accepted: another user of this key runs ahead
    # of the clock.
    "zaif.nonce_stuck": NonceError,
    # The place that keeps the last nonce cannot be used.
    "zaif.nonce_store": NonceError,
    # `nonce out of range`: the key is used up.
    "zaif.nonce_out_of_range": NonceExhaustedError,
    # `account has not permission to use ec api`.
    "zaif.no_permission": KessaiPermissionError,
    # `invalid parameter {}` or `invalid {} parameter`.
    "zaif.invalid_parameter": InvalidRequestError,
    # `no data found for the key`: the API key is unknown.
    "zaif.unknown_key": AuthenticationError,
    # `signature mismatch`: the secret does not belong to the key.
    "zaif.signature_mismatch": AuthenticationError,
    # `method not found`.
    "zaif.method_not_found": InvalidRequestError,
    # `time wait restriction, please try later.`
    "zaif.rate_limited": RateLimitError,
    # A failure message that the documents do not list.
    "zaif.api_error": ApiError,
    # A success whose content cannot be used.
    "zaif.bad_answer": ProtocolError,
    # An invoice found under an order number does not bear it, or too many were found to tell them
    # apart.
    "zaif.strange_invoices": ProtocolError,
    # Several live invoices for one order.
    "zaif.duplicate_invoice": DuplicateInvoiceError,
    # Several invoices of one order have money.
    "zaif.paid_twice": DuplicateInvoiceError,
    # Another call for the same order is under way, or keeps changing its invoices.
    "zaif.order_busy": KessaiTimeoutError,
    # An earlier create for the order may still become visible.
    "zaif.order_in_doubt": KessaiTimeoutError,
    # The time limit of a wait passed before what was waited for came.
    "zaif.still_waiting": KessaiTimeoutError,
    # A re-read invoice is not the one the shop expects.
    "zaif.mismatch": MismatchError,
    # A cancel was refused by kessai because money has been seen.
    "zaif.money_seen": InvalidRequestError,
    # Whether the call was executed could not be found out in time.
    "zaif.outcome_unknown": OutcomeUnknownError,
    # What came as a notification is not one.
    "zaif.bad_notification": ProtocolError,
    # The address of a notification bears no token of this shop.
    "zaif.bad_token": SignatureError,
    # More notifications than are worth re-reading.
    "zaif.too_many_notifications": RateLimitError,
    # The order has no invoice.
    "zaif.no_invoice": NotFoundError,
    # The service says that the request is wrong. `param` names the parameter where the service
    # did.
    "ipay.invalid_request": InvalidRequestError,
    # The service does not accept the credentials.
    "ipay.authentication": AuthenticationError,
    # The card, or whatever else it was to be paid with, was declined. No money has moved;
    # `decline_code` says why, and `payment_id` names the failed payment.
    "ipay.card_declined": CardError,
    # These credentials may not do this.
    "ipay.permission": KessaiPermissionError,
    # There is no such object.
    "ipay.not_found": NotFoundError,
    # The object's state does not allow this, as a capture of what is canceled.
    "ipay.invalid_state": InvalidRequestError,
    # A request with the same idempotency key is still being executed.
    "ipay.in_progress": KessaiTimeoutError,
    # The idempotency key was used before, with another request.
    "ipay.idempotency_mismatch": IdempotencyError,
    # Too many calls.
    "ipay.rate_limited": RateLimitError,
    # More calls for one `rate_key` than the client's own `rate_limit` allows.
    "ipay.own_rate_limit": RateLimitError,
    # A failure that no document lists.
    "ipay.api_error": ApiError,
    # A success whose content cannot be used.
    "ipay.bad_answer": ProtocolError,
    # Whether the call was executed could not be found out in time.
    "ipay.outcome_unknown": OutcomeUnknownError,
    # A key for testing with the live address, or the other way round.
    "ipay.wrong_mode": InputError,
    # No token could be had to make the call with.
    "ipay.no_token": AuthenticationError,
    # A re-read payment is not the one that the shop expects.
    "ipay.mismatch": MismatchError,
    # The host's name could not be looked up.
    "transport.lookup": KessaiConnectionError,
    # No connection could be made.
    "transport.connect": KessaiConnectionError,
    # The TLS handshake failed.
    "transport.tls": KessaiConnectionError,
    # The connection broke while in use.
    "transport.broken": KessaiConnectionError,
    # The time limit passed.
    "transport.timeout": KessaiTimeoutError,
    # An HTTP status that is no answer of the service.
    "transport.http_status": ProtocolError,
    # A redirect, which kessai never follows: it would carry the credentials elsewhere.
    "transport.redirect": ProtocolError,
    # An answer beyond 1 MiB of body or 64 KiB of headers.
    "transport.too_large": ProtocolError,
    # An answer that is not HTTP, has too many header lines, or is not what it says it is.
    "transport.malformed": ProtocolError,
    # HTTP 429: too many calls.
    "transport.rate_limited": RateLimitError,
    # The caller broke the call off, as Ctrl-C does.
    "transport.interrupted": KessaiTimeoutError,
    # A request holds what is or looks like card data, which must not pass through the shop's
    # server. Nothing was sent; `param` is the path to it.
    "ipay.card_data": InputError,
    # A webhook's signature is missing, malformed or wrong: nothing of the webhook can be
    # believed.
    "ipay.bad_signature": SignatureError,
    # A webhook is signed by the service and yet no event.
    "ipay.bad_event": ProtocolError,
    # A defect in kessai itself.
    "internal.defect": InternalError,
}
