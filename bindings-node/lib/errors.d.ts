// Generated from the core's tables by `make generate`: do not edit.

import { KessaiError } from './error';

/** Every code; more are added over time. */
export type Code =
  | 'input.missing'
  | 'input.invalid'
  | 'input.unknown'
  | 'input.closed'
  | 'zaif.nonce_not_incremented'
  | 'zaif.nonce_stuck'
  | 'zaif.nonce_store'
  | 'zaif.nonce_out_of_range'
  | 'zaif.no_permission'
  | 'zaif.invalid_parameter'
  | 'zaif.unknown_key'
  | 'zaif.signature_mismatch'
  | 'zaif.method_not_found'
  | 'zaif.rate_limited'
  | 'zaif.api_error'
  | 'zaif.bad_answer'
  | 'zaif.strange_invoices'
  | 'zaif.duplicate_invoice'
  | 'zaif.paid_twice'
  | 'zaif.order_busy'
  | 'zaif.order_in_doubt'
  | 'zaif.still_waiting'
  | 'zaif.mismatch'
  | 'zaif.money_seen'
  | 'zaif.outcome_unknown'
  | 'zaif.bad_notification'
  | 'zaif.bad_token'
  | 'zaif.too_many_notifications'
  | 'zaif.no_invoice'
  | 'ipay.invalid_request'
  | 'ipay.authentication'
  | 'ipay.card_declined'
  | 'ipay.permission'
  | 'ipay.not_found'
  | 'ipay.invalid_state'
  | 'ipay.in_progress'
  | 'ipay.idempotency_mismatch'
  | 'ipay.rate_limited'
  | 'ipay.own_rate_limit'
  | 'ipay.api_error'
  | 'ipay.bad_answer'
  | 'ipay.outcome_unknown'
  | 'ipay.wrong_mode'
  | 'ipay.no_token'
  | 'ipay.mismatch'
  | 'transport.lookup'
  | 'transport.connect'
  | 'transport.tls'
  | 'transport.broken'
  | 'transport.timeout'
  | 'transport.http_status'
  | 'transport.redirect'
  | 'transport.too_large'
  | 'transport.malformed'
  | 'transport.rate_limited'
  | 'transport.interrupted'
  | 'ipay.card_data'
  | 'ipay.bad_signature'
  | 'ipay.bad_event'
  | 'internal.defect'
  | (string & {});

/** Every kind; more are added over time. */
export type Kind =
  | 'input'
  | 'authentication'
  | 'permission'
  | 'invalid_request'
  | 'nonce'
  | 'nonce_exhausted'
  | 'rate_limit'
  | 'card'
  | 'idempotency'
  | 'duplicate_invoice'
  | 'mismatch'
  | 'not_found'
  | 'connection'
  | 'timeout'
  | 'protocol'
  | 'signature'
  | 'outcome_unknown'
  | 'api'
  | 'internal'
  | (string & {});

/** A parameter is missing or wrong. Nothing was sent; `param` names it. */
export class InputError extends KessaiError {
  readonly kind: 'input';
}

/** The service does not know the API key, or the secret does not fit it. */
export class AuthenticationError extends KessaiError {
  readonly kind: 'authentication';
}

/** The account may not use the API. */
export class KessaiPermissionError extends KessaiError {
  readonly kind: 'permission';
}

/**
 * The service refused the request as wrong. `param` names the parameter where the service did.
 */
export class InvalidRequestError extends KessaiError {
  readonly kind: 'invalid_request';
}

/** No nonce that the service accepts could be had in time. Nothing was executed. */
export class NonceError extends KessaiError {
  readonly kind: 'nonce';
}

/** The API key has used up its nonces: issue a new key. */
export class NonceExhaustedError extends KessaiError {
  readonly kind: 'nonce_exhausted';
}

/** Too many calls; nothing was executed. Call again later. */
export class RateLimitError extends KessaiError {
  readonly kind: 'rate_limit';
}

/** The card was declined. */
export class CardError extends KessaiError {
  readonly kind: 'card';
}

/** An idempotency key was used again for another request. */
export class IdempotencyError extends KessaiError {
  readonly kind: 'idempotency';
}

/**
 * One order has several live invoices: a customer could pay both. `invoice_ids` names them,
 * oldest first.
 */
export class DuplicateInvoiceError extends KessaiError {
  readonly kind: 'duplicate_invoice';
}

/** What the service says of a payment does not fit what the shop expects. */
export class MismatchError extends KessaiError {
  readonly kind: 'mismatch';
}

/** There is no such object. */
export class NotFoundError extends KessaiError {
  readonly kind: 'not_found';
}

/** The connection could not be made, or broke. */
export class KessaiConnectionError extends KessaiError {
  readonly kind: 'connection';
}

/** The time limit passed. */
export class KessaiTimeoutError extends KessaiError {
  readonly kind: 'timeout';
}

/** An answer that cannot be read as one of the service's. */
export class ProtocolError extends KessaiError {
  readonly kind: 'protocol';
}

/** A webhook's signature is missing or wrong. */
export class SignatureError extends KessaiError {
  readonly kind: 'signature';
}

/**
 * Nobody can say yet whether the call was executed. Do not repeat it: resume it with the
 * handle in `resume`, where there is one.
 */
export class OutcomeUnknownError extends KessaiError {
  readonly kind: 'outcome_unknown';
}

/** The service answered with a message that its documents do not list. */
export class ApiError extends KessaiError {
  readonly kind: 'api';
}

/** A defect in kessai itself: please report it. */
export class InternalError extends KessaiError {
  readonly kind: 'internal';
}

/** Every code, and the class of the errors that bear it. */
export const CODES: {
  /** A required parameter is missing. */
  readonly 'input.missing': typeof InputError;
  /** A parameter's value is not allowed. */
  readonly 'input.invalid': typeof InputError;
  /** There is no parameter or option of this name. */
  readonly 'input.unknown': typeof InputError;
  /** The client was closed before the call. */
  readonly 'input.closed': typeof InputError;
  /**
   * `nonce not incremented`: a call with a higher nonce came first, and the tries allowed did
   * not get past it.
   */
  readonly 'zaif.nonce_not_incremented': typeof NonceError;
  /**
   * No nonce within 300 s of the service's time is accepted: another user of this key runs
   * ahead of the clock.
   */
  readonly 'zaif.nonce_stuck': typeof NonceError;
  /** The place that keeps the last nonce cannot be used. */
  readonly 'zaif.nonce_store': typeof NonceError;
  /** `nonce out of range`: the key is used up. */
  readonly 'zaif.nonce_out_of_range': typeof NonceExhaustedError;
  /** `account has not permission to use ec api`. */
  readonly 'zaif.no_permission': typeof KessaiPermissionError;
  /** `invalid parameter {}` or `invalid {} parameter`. */
  readonly 'zaif.invalid_parameter': typeof InvalidRequestError;
  /** `no data found for the key`: the API key is unknown. */
  readonly 'zaif.unknown_key': typeof AuthenticationError;
  /** `signature mismatch`: the secret does not belong to the key. */
  readonly 'zaif.signature_mismatch': typeof AuthenticationError;
  /** `method not found`. */
  readonly 'zaif.method_not_found': typeof InvalidRequestError;
  /** `time wait restriction, please try later.` */
  readonly 'zaif.rate_limited': typeof RateLimitError;
  /** A failure message that the documents do not list. */
  readonly 'zaif.api_error': typeof ApiError;
  /** A success whose content cannot be used. */
  readonly 'zaif.bad_answer': typeof ProtocolError;
  /**
   * An invoice found under an order number does not bear it, or too many were found to tell
   * them apart.
   */
  readonly 'zaif.strange_invoices': typeof ProtocolError;
  /** Several live invoices for one order. */
  readonly 'zaif.duplicate_invoice': typeof DuplicateInvoiceError;
  /** Several invoices of one order have money. */
  readonly 'zaif.paid_twice': typeof DuplicateInvoiceError;
  /** Another call for the same order is under way, or keeps changing its invoices. */
  readonly 'zaif.order_busy': typeof KessaiTimeoutError;
  /** An earlier create for the order may still become visible. */
  readonly 'zaif.order_in_doubt': typeof KessaiTimeoutError;
  /** The time limit of a wait passed before what was waited for came. */
  readonly 'zaif.still_waiting': typeof KessaiTimeoutError;
  /** A re-read invoice is not the one the shop expects. */
  readonly 'zaif.mismatch': typeof MismatchError;
  /** A cancel was refused by kessai because money has been seen. */
  readonly 'zaif.money_seen': typeof InvalidRequestError;
  /** Whether the call was executed could not be found out in time. */
  readonly 'zaif.outcome_unknown': typeof OutcomeUnknownError;
  /** What came as a notification is not one. */
  readonly 'zaif.bad_notification': typeof ProtocolError;
  /** The address of a notification bears no token of this shop. */
  readonly 'zaif.bad_token': typeof SignatureError;
  /** More notifications than are worth re-reading. */
  readonly 'zaif.too_many_notifications': typeof RateLimitError;
  /** The order has no invoice. */
  readonly 'zaif.no_invoice': typeof NotFoundError;
  /**
   * The service says that the request is wrong. `param` names the parameter where the service
   * did.
   */
  readonly 'ipay.invalid_request': typeof InvalidRequestError;
  /** The service does not accept the credentials. */
  readonly 'ipay.authentication': typeof AuthenticationError;
  /**
   * The card, or whatever else it was to be paid with, was declined. No money has moved;
   * `decline_code` says why, and `paymentId` names the failed payment.
   */
  readonly 'ipay.card_declined': typeof CardError;
  /** These credentials may not do this. */
  readonly 'ipay.permission': typeof KessaiPermissionError;
  /** There is no such object. */
  readonly 'ipay.not_found': typeof NotFoundError;
  /** The object's state does not allow this, as a capture of what is canceled. */
  readonly 'ipay.invalid_state': typeof InvalidRequestError;
  /** A request with the same idempotency key is still being executed. */
  readonly 'ipay.in_progress': typeof KessaiTimeoutError;
  /** The idempotency key was used before, with another request. */
  readonly 'ipay.idempotency_mismatch': typeof IdempotencyError;
  /** Too many calls. */
  readonly 'ipay.rate_limited': typeof RateLimitError;
  /** More calls for one `rateKey` than the client's own `rateLimit` allows. */
  readonly 'ipay.own_rate_limit': typeof RateLimitError;
  /** A failure that no document lists. */
  readonly 'ipay.api_error': typeof ApiError;
  /** A success whose content cannot be used. */
  readonly 'ipay.bad_answer': typeof ProtocolError;
  /** Whether the call was executed could not be found out in time. */
  readonly 'ipay.outcome_unknown': typeof OutcomeUnknownError;
  /** A key for testing with the live address, or the other way round. */
  readonly 'ipay.wrong_mode': typeof InputError;
  /** No token could be had to make the call with. */
  readonly 'ipay.no_token': typeof AuthenticationError;
  /** A re-read payment is not the one that the shop expects. */
  readonly 'ipay.mismatch': typeof MismatchError;
  /** The host's name could not be looked up. */
  readonly 'transport.lookup': typeof KessaiConnectionError;
  /** No connection could be made. */
  readonly 'transport.connect': typeof KessaiConnectionError;
  /** The TLS handshake failed. */
  readonly 'transport.tls': typeof KessaiConnectionError;
  /** The connection broke while in use. */
  readonly 'transport.broken': typeof KessaiConnectionError;
  /** The time limit passed. */
  readonly 'transport.timeout': typeof KessaiTimeoutError;
  /** An HTTP status that is no answer of the service. */
  readonly 'transport.http_status': typeof ProtocolError;
  /** A redirect, which kessai never follows: it would carry the credentials elsewhere. */
  readonly 'transport.redirect': typeof ProtocolError;
  /** An answer beyond 1 MiB of body or 64 KiB of headers. */
  readonly 'transport.too_large': typeof ProtocolError;
  /** An answer that is not HTTP, has too many header lines, or is not what it says it is. */
  readonly 'transport.malformed': typeof ProtocolError;
  /** HTTP 429: too many calls. */
  readonly 'transport.rate_limited': typeof RateLimitError;
  /** The caller broke the call off, as Ctrl-C does. */
  readonly 'transport.interrupted': typeof KessaiTimeoutError;
  /**
   * A request holds what is or looks like card data, which must not pass through the shop's
   * server. Nothing was sent; `param` is the path to it.
   */
  readonly 'ipay.card_data': typeof InputError;
  /**
   * A webhook's signature is missing, malformed or wrong: nothing of the webhook can be
   * believed.
   */
  readonly 'ipay.bad_signature': typeof SignatureError;
  /** A webhook is signed by the service and yet no event. */
  readonly 'ipay.bad_event': typeof ProtocolError;
  /** A defect in kessai itself. */
  readonly 'internal.defect': typeof InternalError;
};
