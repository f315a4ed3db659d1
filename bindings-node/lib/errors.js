'use strict';

// Generated from the core's tables by `make generate`: do not edit.

// The errors: one base, one class a kind.

const { KessaiError, ofKind } = require('./error.js');

/** A parameter is missing or wrong. Nothing was sent; `param` names it. */
class InputError extends KessaiError {}
ofKind(InputError, 'input');

/** The service does not know the API key, or the secret does not fit it. */
class AuthenticationError extends KessaiError {}
ofKind(AuthenticationError, 'authentication');

/** The account may not use the API. */
class KessaiPermissionError extends KessaiError {}
ofKind(KessaiPermissionError, 'permission');

/**
 * The service refused the request as wrong. `param` names the parameter where the service did.
 */
class InvalidRequestError extends KessaiError {}
ofKind(InvalidRequestError, 'invalid_request');

/** No nonce that the service accepts could be had in time. Nothing was executed. */
class NonceError extends KessaiError {}
ofKind(NonceError, 'nonce');

/** The API key has used up its nonces: issue a new key. */
class NonceExhaustedError extends KessaiError {}
ofKind(NonceExhaustedError, 'nonce_exhausted');

/** Too many calls; nothing was executed. Call again later. */
class RateLimitError extends KessaiError {}
ofKind(RateLimitError, 'rate_limit');

/** The card was declined. */
class CardError extends KessaiError {}
ofKind(CardError, 'card');

/** An idempotency key was used again for another request. */
class IdempotencyError extends KessaiError {}
ofKind(IdempotencyError, 'idempotency');

/**
 * One order has several live invoices: a customer could pay both. `invoice_ids` names them,
 * oldest first.
 */
class DuplicateInvoiceError extends KessaiError {}
ofKind(DuplicateInvoiceError, 'duplicate_invoice');

/** What the service says of a payment does not fit what the shop expects. */
class MismatchError extends KessaiError {}
ofKind(MismatchError, 'mismatch');

/** There is no such object. */
class NotFoundError extends KessaiError {}
ofKind(NotFoundError, 'not_found');

/** The connection could not be made, or broke. */
class KessaiConnectionError extends KessaiError {}
ofKind(KessaiConnectionError, 'connection');

/** The time limit passed. */
class KessaiTimeoutError extends KessaiError {}
ofKind(KessaiTimeoutError, 'timeout');

/** An answer that cannot be read as one of the service's. */
class ProtocolError extends KessaiError {}
ofKind(ProtocolError, 'protocol');

/** A webhook's signature is missing or wrong. */
class SignatureError extends KessaiError {}
ofKind(SignatureError, 'signature');

/**
 * Nobody can say yet whether the call was executed. Do not repeat it: resume it with the
 * handle in `resume`, where there is one.
 */
class OutcomeUnknownError extends KessaiError {}
ofKind(OutcomeUnknownError, 'outcome_unknown');

/** The service answered with a message that its documents do not list. */
class ApiError extends KessaiError {}
ofKind(ApiError, 'api');

/** A defect in kessai itself: please report it. */
class InternalError extends KessaiError {}
ofKind(InternalError, 'internal');

/** The class of each kind. */
const KINDS = Object.freeze({
  input: InputError,
  authentication: AuthenticationError,
  permission: KessaiPermissionError,
  invalid_request: InvalidRequestError,
  nonce: NonceError,
  nonce_exhausted: NonceExhaustedError,
  rate_limit: RateLimitError,
  card: CardError,
  idempotency: IdempotencyError,
  duplicate_invoice: DuplicateInvoiceError,
  mismatch: MismatchError,
  not_found: NotFoundError,
  connection: KessaiConnectionError,
  timeout: KessaiTimeoutError,
  protocol: ProtocolError,
  signature: SignatureError,
  outcome_unknown: OutcomeUnknownError,
  api: ApiError,
  internal: InternalError,
});

/** Every code, and the class of the errors that bear it. */
const CODES = Object.freeze({
  'input.missing': InputError,
  'input.invalid': InputError,
  'input.unknown': InputError,
  'input.closed': InputError,
  'zaif.nonce_not_incremented': NonceError,
  'zaif.nonce_stuck': NonceError,
  'zaif.nonce_store': NonceError,
  'zaif.nonce_out_of_range': NonceExhaustedError,
  'zaif.no_permission': KessaiPermissionError,
  'zaif.invalid_parameter': InvalidRequestError,
  'zaif.unknown_key': AuthenticationError,
  'zaif.signature_mismatch': AuthenticationError,
  'zaif.method_not_found': InvalidRequestError,
  'zaif.rate_limited': RateLimitError,
  'zaif.api_error': ApiError,
  'zaif.bad_answer': ProtocolError,
  'zaif.strange_invoices': ProtocolError,
  'zaif.duplicate_invoice': DuplicateInvoiceError,
  'zaif.paid_twice': DuplicateInvoiceError,
  'zaif.order_busy': KessaiTimeoutError,
  'zaif.order_in_doubt': KessaiTimeoutError,
  'zaif.still_waiting': KessaiTimeoutError,
  'zaif.mismatch': MismatchError,
  'zaif.money_seen': InvalidRequestError,
  'zaif.outcome_unknown': OutcomeUnknownError,
  'zaif.bad_notification': ProtocolError,
  'zaif.bad_token': SignatureError,
  'zaif.too_many_notifications': RateLimitError,
  'zaif.no_invoice': NotFoundError,
  'ipay.invalid_request': InvalidRequestError,
  'ipay.authentication': AuthenticationError,
  'ipay.card_declined': CardError,
  'ipay.permission': KessaiPermissionError,
  'ipay.not_found': NotFoundError,
  'ipay.invalid_state': InvalidRequestError,
  'ipay.in_progress': KessaiTimeoutError,
  'ipay.idempotency_mismatch': IdempotencyError,
  'ipay.rate_limited': RateLimitError,
  'ipay.own_rate_limit': RateLimitError,
  'ipay.api_error': ApiError,
  'ipay.bad_answer': ProtocolError,
  'ipay.outcome_unknown': OutcomeUnknownError,
  'ipay.wrong_mode': InputError,
  'ipay.no_token': AuthenticationError,
  'ipay.mismatch': MismatchError,
  'transport.lookup': KessaiConnectionError,
  'transport.connect': KessaiConnectionError,
  'transport.tls': KessaiConnectionError,
  'transport.broken': KessaiConnectionError,
  'transport.timeout': KessaiTimeoutError,
  'transport.http_status': ProtocolError,
  'transport.redirect': ProtocolError,
  'transport.too_large': ProtocolError,
  'transport.malformed': ProtocolError,
  'transport.rate_limited': RateLimitError,
  'transport.interrupted': KessaiTimeoutError,
  'ipay.card_data': InputError,
  'ipay.bad_signature': SignatureError,
  'ipay.bad_event': ProtocolError,
  'internal.defect': InternalError,
});

module.exports = {
  CODES,
  KINDS,
  InputError,
  AuthenticationError,
  KessaiPermissionError,
  InvalidRequestError,
  NonceError,
  NonceExhaustedError,
  RateLimitError,
  CardError,
  IdempotencyError,
  DuplicateInvoiceError,
  MismatchError,
  NotFoundError,
  KessaiConnectionError,
  KessaiTimeoutError,
  ProtocolError,
  SignatureError,
  OutcomeUnknownError,
  ApiError,
  InternalError,
};
