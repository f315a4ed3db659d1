import type { Code, Kind } from './errors';

/** Whether what was asked for has happened. */
export type Outcome = 'done' | 'not_done' | 'unknown';

/** What an error tells besides its message. */
export interface Facts {
  code?: Code;
  outcome?: Outcome;
  retryable?: boolean;
  param?: string;
  httpStatus?: number;
  requestId?: string;
  retryAfter?: number;
  declineCode?: string;
  paymentId?: string;
  serviceCode?: string;
  idempotencyKey?: string;
  resume?: string;
  invoiceIds?: readonly string[];
  cause?: unknown;
}

/**
 * Why a call did not end well, and what is known of its effect.
 *
 * Catch this to catch everything that kessai throws. Before anything else ask `outcome`:
 * only `'not_done'` says that nothing has happened.
 */
export class KessaiError extends Error {
  constructor(message?: string, facts?: Facts);

  /** The family of the error, such as `'rate_limit'`: one class each. */
  readonly kind: Kind;

  /** The stable code, such as `'zaif.nonce_stuck'`: match on this, never on the message. */
  readonly code: Code;

  /** What is known of the call's effect. */
  readonly outcome: Outcome;

  /** Whether the same call may simply be made again later. */
  readonly retryable: boolean;

  /** The parameter at fault, where there is one. */
  readonly param?: string;

  /** The HTTP status of the last answer, where there was one. */
  readonly httpStatus?: number;

  /** The identifier that the service or a proxy gave the request. */
  readonly requestId?: string;

  /** For how many milliseconds the service asked to be left alone. */
  readonly retryAfter?: number;

  /** Why a card was declined, such as `insufficient_funds`. */
  readonly declineCode?: string;

  /** The payment that a card was declined for, which is `failed` now. */
  readonly paymentId?: string;

  /** What the service itself calls it: see its own documents. */
  readonly serviceCode?: string;

  /** The idempotency key that the call was made with. */
  readonly idempotencyKey?: string;

  /**
   * The handle for `Client.resume` where the outcome is unknown. Store it beside the
   * order; never hand it to a browser. `util.inspect` does not show it.
   */
  readonly resume?: string;

  /** The invoices that a `DuplicateInvoiceError` speaks of, oldest first. */
  readonly invoiceIds: readonly string[];

  /** The error behind this one. */
  readonly cause?: unknown;

  /** Everything it tells but its stack; `resume` is for the shop's books. */
  toJSON(): Record<string, unknown>;
}
