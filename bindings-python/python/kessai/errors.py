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
