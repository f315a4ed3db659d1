import type { KessaiError, Outcome } from './error';

/**
 * A call was aborted. It says what is known of the call all the same.
 *
 * Its `name` is `'AbortError'`, its `cause` the signal's reason.
 */
export class AbortError extends Error {
  private constructor();

  readonly name: 'AbortError';
  readonly code: 'ABORT_ERR';

  /** What is known of the call's effect: nothing was sent where it is `'not_done'`. */
  readonly outcome: Outcome;

  /** The handle for `Client.resume` where the outcome is unknown. */
  readonly resume?: string;

  /** What the call gave, where it had succeeded all the same. */
  readonly result?: unknown;

  /** What the call itself ended with, where it failed before the signal reached it. */
  readonly error?: KessaiError;
}
