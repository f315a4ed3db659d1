// Generated from the core's tables by `make generate`: do not edit.

import { Model } from './model';

/** The state of an invoice. The set is open: a state that nobody listed is kept as it came. */
export type Status = 'new' | 'paid' | 'confirmed' | 'complete' | 'expired' | 'invalid' | 'canceled' | (string & {});
/** The state of an invoice. The set is open: a state that nobody listed is kept as it came. */
export const Status: {
  /** Made; nothing received yet. */
  readonly NEW: 'new';
  /** Money is seen on the network, unconfirmed: not money yet. */
  readonly PAID: 'paid';
  /** One confirmation or more. */
  readonly CONFIRMED: 'confirmed';
  /** Settled. The only state in which the shop has its money. */
  readonly COMPLETE: 'complete';
  /** Nothing was received in time. */
  readonly EXPIRED: 'expired';
  /** Paid too late, too slowly or too little. */
  readonly INVALID: 'invalid';
  /** Taken back by the shop. */
  readonly CANCELED: 'canceled';
};

/** A coin by its code. The set is open: coins have been added and will be. */
export type Coin = 'btc' | 'mona' | (string & {});
/** A coin by its code. The set is open: coins have been added and will be. */
export const Coin: {
  /** Bitcoin. */
  readonly BTC: 'btc';
  /** Monacoin. */
  readonly MONA: 'mona';
};

/** Why a payment did not settle. It is only ever one of a set of causes. */
export type Reason = 'short' | 'slow' | 'late';
/** Why a payment did not settle. It is only ever one of a set of causes. */
export const Reason: {
  /** Less was paid than was due when the time ran out. */
  readonly SHORT: 'short';
  /** The first confirmation came too late. */
  readonly SLOW: 'slow';
  /** It was paid after it had expired. */
  readonly LATE: 'late';
};

/** What to wait for. */
export type Until = 'money_seen' | 'settled' | 'final';
/** What to wait for. */
export const Until: {
  /** Money is seen on the network: not settlement. */
  readonly MONEY_SEEN: 'money_seen';
  /** The shop's money is there for good. */
  readonly SETTLED: 'settled';
  /** The state will never change again. */
  readonly FINAL: 'final';
};

/**
 * An invoice: what the customer owes, where to pay it, and how far the payment is.
 *
 * Read from `createInvoice`, `getInvoice` and `cancelInvoice` of the Zaif Payment API. Unknown
 * fields are kept as they came.
 */
export class Invoice extends Model {
  private constructor();

  /** The invoice's identifier. */
  readonly invoiceId: string;

  /** When it was made, in Unix seconds. */
  readonly created: number;

  /** The same as `created`, as a date. */
  get createdAt(): Date;

  /** Until when it can be paid, in Unix seconds. Read it; never assume a number of minutes. */
  readonly expired: number;

  /** The same as `expired`, as a date. */
  get expiredAt(): Date;

  /**
   * The state, such as `new` or `complete`. The set is open: one that nobody listed is kept as
   * it came. Absent in the answer of a create, which does not tell it.
   */
  readonly status: Status | null;

  /** When it was settled, in Unix seconds; absent before. */
  readonly settled: number | null;

  /** The same as `settled`, as a date. */
  get settledAt(): Date | null;

  /**
   * What is asked for. Whole yen, or an amount of the coin where the shop bills in that coin.
   */
  readonly amount: number | string;

  /** The coin it is paid in, such as `btc` or `mona`. */
  readonly currency: Coin;

  /** Yen for one coin. Absent where the shop bills in the coin. */
  readonly rate: string | null;

  /** Where the customer pays to. */
  readonly address: string;

  /** The payment link that wallets understand, as the service gave it. */
  readonly bip21: string | null;

  /** Obsolete since 2022; echoed by the service. */
  readonly speed: string | null;

  /** The shop's own order number, where one was sent. */
  readonly orderNumber: string | null;

  /** The shop's own reference number, where one was sent. */
  readonly referenceNumber: string | null;

  /** The shop's own name for the buyer, where one was sent. */
  readonly buyerId: string | null;

  /** The payment page. Built from `formBase` where the answer does not tell it. */
  readonly invoiceUri: string | null;

  /**
   * The payment page for an iframe. Built from `formBase` where the answer does not tell it.
   */
  readonly invoiceIframeUri: string | null;

  /** The amount due in the coin, exact. */
  readonly coinAmount: string | null;

  /**
   * Whether it was found rather than made by this call. An earlier try had made it, or an
   * earlier call.
   */
  readonly adopted: boolean;

  /**
   * Whether it has money but another coin or amount than was asked for. Only a call that
   * ensures an invoice gives such a one.
   */
  readonly differs: boolean;

  /** Is the shop's money there for good? Absent: don't know. */
  readonly isSettled: boolean | null;

  /** Has money been seen on the network? Absent: don't know. */
  readonly isMoneySeen: boolean | null;

  /** Will the state never change again? Absent: don't know. */
  readonly isFinal: boolean | null;

  /** Can money still arrive at the address? Absent: don't know. */
  readonly mayStillReceiveMoney: boolean | null;

  /**
   * Give the key of the event that this reading is: 64 hex digits.
   *
   * The same for every delivery that finds the invoice in this state, another one as soon as
   * anything changes that matters. Store it as unique, and each event is handled once.
   */
  get eventKey(): string;

  /**
   * Tell why the payment did not settle, as far as the states allow to say.
   *
   * Gives the set of causes that are possible, never a guess: empty while it may still settle,
   * where nothing is known to have been paid, and where the documents know no cause. That too
   * much was paid cannot be told at all.
   *
   * @param seen  The states that the shop has seen of this invoice before.
   */
  reasons(seen: readonly Status[]): Reason[];

  /**
   * Tell whether this state can have come after an earlier one.
   *
   * An older state must never overwrite a newer one, whatever the order in which two
   * notifications were worked off: store this reading only when the answer is yes for the
   * state in the shop's books. It may be "don't know".
   *
   * @param earlier  The state in the shop's books.
   */
  follows(earlier: Status): boolean | null;

  /** Give the documented snippet that embeds the payment page, escaped. */
  iframeHtml(): string;

  /** Give all of it as one text, for a cache or a queue; `restore` reads it. */
  store(): string;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Invoice;
}
