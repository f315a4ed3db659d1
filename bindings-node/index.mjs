// Generated from the core's tables by `make generate`: do not edit.

import kessai from './index.js';

export const {
  AbortError,
  ApiError,
  AuthenticationError,
  CODES,
  CardError,
  DuplicateInvoiceError,
  IdempotencyError,
  InputError,
  InternalError,
  InvalidRequestError,
  KessaiConnectionError,
  KessaiError,
  KessaiPermissionError,
  KessaiTimeoutError,
  MismatchError,
  NonceError,
  NonceExhaustedError,
  NotFoundError,
  OutcomeUnknownError,
  ProtocolError,
  Qr,
  RateLimitError,
  SignatureError,
  ipay,
  majorUnits,
  minorUnits,
  version,
  zaif,
} = kessai;
