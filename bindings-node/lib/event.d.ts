import type { Outcome } from './error';
import type { Code } from './errors';

/** What every event tells. */
interface EveryEvent {
  /** What is known of the effect. */
  readonly outcome: Outcome;

  /** How long it took, in milliseconds. */
  readonly duration: number;

  /** Why it did not end well. */
  readonly code?: Code;

  /** The HTTP status, where there was an answer. */
  readonly httpStatus?: number;

  /** The identifier that the service or a proxy gave the request. */
  readonly requestId?: string;
}

/** One request has ended: one of the tries of a call. */
export interface RequestEvent extends EveryEvent {
  readonly name: 'request';

  /** The service's method, such as `createInvoice`. */
  readonly method: string;

  /** Which request of its call this was, from 1. */
  readonly attempt: number;
}

/** A call has ended. Told before its caller is. */
export interface CallEvent extends EveryEvent {
  readonly name: 'call';

  /** The method of `Client`, such as `ensureInvoice`. */
  readonly method: string;

  /** How many requests it made. */
  readonly attempt: number;

  /** Where the outcome is unknown: the handle that resumes the call. */
  readonly resume?: string;
}

/** This machine's clock differs from the service's by more than 30 s. */
export interface ClockSkewEvent extends EveryEvent {
  readonly name: 'clock_skew';
  readonly method: string;
  readonly attempt: number;

  /** This machine's Unix time in seconds. */
  readonly localTime: number;

  /** The service's Unix time in seconds. */
  readonly serverTime: number;
}

/** What `onEvent` is told. No event holds a credential or anything about a buyer. */
export type Event = RequestEvent | CallEvent | ClockSkewEvent;
