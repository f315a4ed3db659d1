// Generated from the core's tables by `make generate`: do not edit.

import { BaseClient, CallOptions, ListPromise } from './client';
import type { Event as HookEvent } from './event';
import type { Hint } from './hint';
import type { Resumed } from './resumed';
import type { Coin, Invoice, Until } from './zaif-models';

/** What a client may be given besides its credentials. Times are in milliseconds. */
export interface MoreOptions {
  /**
   * Where the API is: `https://api.zaif.jp/ecapi` by default. Plain http is for loopback
   * addresses only.
   */
  endpoint?: string | undefined;
  /**
   * Where the payment pages are, for invoices whose answer does not tell it:
   * `https://zaif.jp`, or the endpoint's own origin where that is on loopback.
   */
  formBase?: string | undefined;
  /** Where the credentials go: `both` (the default), `headers` or `body`. */
  credentialsIn?: string | undefined;
  /** Which digest of the secret is sent: `sha1` (the default) or `md5`. */
  digest?: string | undefined;
  /**
   * Where nonces are kept: `clock` (the default) for one process, or `file:` and an absolute
   * path for several processes of one host.
   */
  nonces?: string | undefined;
  /**
   * How long a call may take, everything included: name lookup, repeats, waits. 15 s by
   * default; give calls that must settle a lost answer 90 s.
   */
  timeout?: number | undefined;
  /**
   * How long the service is given to show a create whose answer was lost: 30 s by default.
   * Nothing is doubled while it needs no longer.
   */
  settle?: number | undefined;
  /**
   * What a rejected nonce means for a create: `look` (the default) looks once before creating
   * again, `settle` also waits for `settle`. Where there is nothing to look up (no order
   * number, a generic call) `look` believes the rejection and `settle` reports the outcome as
   * unknown.
   */
  onRejection?: string | undefined;
  /**
   * How often one request of a call is repeated where repeating is safe: 20 by default; 0
   * repeats nothing.
   */
  maxRetries?: number | bigint | undefined;
  /**
   * How many requests of this process may be on their way at once with one API key: 4 by
   * default. More overtake one another more often.
   */
  window?: number | bigint | undefined;
  /**
   * A proxy to reach the service through: `http://user:password@host:port`. None by default:
   * the environment's is not used.
   */
  proxy?: string | undefined;
  /**
   * A PEM file with the certificates to trust instead of the bundled roots. There is no switch
   * that turns checking off.
   */
  caFile?: string | undefined;
  /**
   * Spares the question for the service's time that comes before the first nonce of a process.
   * Off by default: a nonce from a clock that is an hour ahead locks every other user of the
   * key out for an hour.
   */
  trustClock?: boolean | undefined;
  /**
   * Allows order numbers beyond 1 to 64 of `[A-Za-z0-9._-]`. Off by default: how the service
   * treats others is not documented.
   */
  allowAnyOrderNumber?: boolean | undefined;
  /** How many calls may be under way at once: 32 by default, at most 256. */
  threads?: number | undefined;
  /**
   * Called for every request and every call, and for a clock that is wrong: for logs and
   * metrics. What it is told never holds a credential.
   */
  onEvent?: ((event: HookEvent) => void | Promise<void>) | undefined;
}

/** What a client is made with. Times are in milliseconds. */
export interface Options extends MoreOptions {
  /** The API key. */
  key: string;
  /** The key's secret. */
  secret: string;
}

/** What an invoice is made with. */
export interface Order {
  /** The coin it is paid in: `btc`, `mona`, or one added since. */
  currency: Coin;
  /** Whole yen; an amount of the coin where `billingCurrency` is given. Never a float. */
  amount: number | bigint | string;
  /**
   * The same coin as `currency`, to bill in it instead of in yen: the exchange-rate risk is
   * then the shop's.
   */
  billingCurrency?: Coin | undefined;
  /**
   * The shop's own order number. With it a lost answer can be found again, and one call never
   * makes two invoices: always send one.
   */
  orderNumber?: string | undefined;
  /** The shop's own reference number. */
  referenceNumber?: string | undefined;
  /** The article's name, shown on the payment page. */
  itemName?: string | undefined;
  /** The shop's name, shown on the payment page. */
  merchantName?: string | undefined;
  /**
   * Where the service posts every change of state. The posts are not signed: treat each as a
   * hint and re-read the invoice.
   */
  webhookUrl?: string | undefined;
  /**
   * Where the service sends one notification when the invoice is complete. It is neither
   * signed nor repeated: prefer `webhookUrl`.
   */
  notificationUri?: string | undefined;
  /** `POST` (the default) or `GET`, which carries no parameters. */
  notificationMethod?: 'POST' | 'GET' | undefined;
  /** Where the payment page sends the customer once money is seen: seen is not settled. */
  redirectUri?: string | undefined;
  /** Subtotal in whole yen, shown on the payment page. */
  subTotal?: number | bigint | undefined;
  /** Tax in whole yen, shown on the payment page. */
  tax?: number | bigint | undefined;
  /** The regular price in whole yen, shown on the payment page. */
  regularPrice?: number | bigint | undefined;
  /** The discount in whole yen, shown on the payment page. */
  discount?: number | bigint | undefined;
  /** Obsolete since 2022: accepted and ignored by the service. */
  speed?: 'high' | 'medium' | 'low' | undefined;
  /** The shop's own name for the buyer. Not shown on the payment page. */
  buyerId?: string | undefined;
  /** The buyer's name. Shown on the payment page, which anyone with its address can open. */
  buyerName?: string | undefined;
  /**
   * The buyer's name in kana. Shown on the payment page, which anyone with its address can
   * open.
   */
  buyerKana?: string | undefined;
  /**
   * The buyer's postcode. Shown on the payment page, which anyone with its address can open.
   */
  buyerZip?: string | undefined;
  /**
   * The buyer's address, first line. Shown on the payment page, which anyone with its address
   * can open.
   */
  buyerAddr1?: string | undefined;
  /**
   * The buyer's address, second line. Shown on the payment page, which anyone with its address
   * can open.
   */
  buyerAddr2?: string | undefined;
  /**
   * The buyer's address, third line. Shown on the payment page, which anyone with its address
   * can open.
   */
  buyerAddr3?: string | undefined;
  /**
   * The buyer's telephone number. Shown on the payment page, which anyone with its address can
   * open.
   */
  buyerPhone?: string | undefined;
  /**
   * The buyer's mobile number. Shown on the payment page, which anyone with its address can
   * open.
   */
  buyerCellphone?: string | undefined;
  /**
   * The buyer's e-mail address. Shown on the payment page, which anyone with its address can
   * open.
   */
  buyerEmail?: string | undefined;
}

/** An order with its number: what can have one invoice, or be resumed. */
export interface NumberedOrder extends Order {
  orderNumber: string;
}

/** Options of `Client.ensureInvoice`. */
export interface EnsureInvoiceOptions extends CallOptions {
  /** How long an invoice must still be payable to be given again: 120 s by default. */
  minLeft?: number | undefined;
}

/** Options of `Client.resume`. */
export interface ResumeOptions extends Omit<CallOptions, 'timeout'> {
  /** The time limit of this call. */
  timeout?: number | undefined;
}

/** Options of `Client.cancelInvoice`. */
export interface CancelInvoiceOptions extends CallOptions {
  /** Cancel it although money has been seen, which then counts as overpaid. */
  evenIfMoneySeen?: boolean | undefined;
}

/** Options of `Client.confirm`. */
export interface ConfirmOptions extends CallOptions {
  /** The order's number. */
  orderNumber: string;
  /** Its amount in whole yen, or in the coin with `billingCurrency`. */
  amount: number | bigint | string;
  /** The coin it must be paid in, where the shop cares. */
  currency?: Coin | undefined;
  /** The coin it is billed in, where it is billed in coin. */
  billingCurrency?: Coin | undefined;
}

/** Options of `Client.waitFor`. */
export interface WaitForOptions extends Omit<CallOptions, 'timeout'> {
  /** `settled` (the default), `money_seen` or `final`. */
  until?: Until | undefined;
  /** How long to wait at most: an hour by default, at most a day. */
  timeout?: number | undefined;
}

/**
 * Calls Zaif Payment with one API key.
 *
 * Calls are made on threads of its own, up to `threads`, started on demand and ended when
 * idle: the event loop is never held up. The process stays while one is under way, and exits
 * when none is. Times are in milliseconds.
 */
export class Client extends BaseClient {
  /** Builds a client; every option is checked, nothing is sent. */
  constructor(options: Options);

  /**
   * Builds a client from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`, and where they
   * are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options given here prevail.
   */
  static fromEnv(options?: MoreOptions): Client;

  /**
   * Make an invoice (`createInvoice`).
   *
   * With an `orderNumber` one call makes one invoice, whatever happens on the way; one that
   * was found rather than made is marked `adopted`. Where the time limit is too short to find
   * out, the error is an `OutcomeUnknownError` with a handle for `resume`: never make the call
   * again instead. A second call for the same order makes a second invoice: for a page that
   * customers reload use `ensureInvoice`. Everything is checked before anything is sent.
   */
  createInvoice(order: Order, options?: CallOptions): Promise<Invoice>;

  /**
   * Give the one invoice of an order, made only where none will do.
   *
   * For pages that reload. One with money seen is given whatever its amount (marked `differs`
   * where coin or amount are not those asked for); else a new one of this coin and amount with
   * `minLeft` to go; else one is made, and new ones of another coin or amount are canceled
   * first. Calls for one order take turns, between processes too where they share `file:`
   * nonces. The call may be repeated whatever it ended with. Several invoices with money are a
   * `DuplicateInvoiceError` (`zaif.paid_twice`).
   */
  ensureInvoice(order: NumberedOrder, options?: EnsureInvoiceOptions): Promise<Invoice>;

  /**
   * Give the handle for `resume` before a create is sent.
   *
   * Takes what `createInvoice` takes, and asks for the order's invoices. Store the handle with
   * the order, and a process that is killed in mid-call leaves nothing behind that cannot be
   * found.
   */
  resumeHandle(order: NumberedOrder, options?: CallOptions): Promise<string>;

  /**
   * Find out what became of a create whose outcome was unknown.
   *
   * Never creates. Where nothing is to be seen it must wait for `settle`, so without a
   * `timeout` it may take 15 s more than that; with a shorter one it can find the invoice, but
   * never that there is none. While it is still not known the error is an
   * `OutcomeUnknownError` with the handle.
   */
  resume(handle: string, options?: ResumeOptions): Promise<Resumed>;

  /**
   * Read an invoice (`getInvoice`).
   *
   * Where there is none of this id the error is an `InvalidRequestError` whose `param` is
   * `invoiceId`.
   */
  getInvoice(invoiceId: string, options?: CallOptions): Promise<Invoice>;

  /**
   * Find the ids of an order's invoices (`getInvoiceIdsByOrderNumber`).
   *
   * Empty when it has none; an order can have several.
   */
  findInvoiceIds(orderNumber: string, options?: CallOptions): ListPromise<string>;

  /**
   * Read every invoice of an order, oldest first.
   *
   * Empty when it has none.
   */
  findInvoices(orderNumber: string, options?: CallOptions): ListPromise<Invoice>;

  /**
   * Take an invoice back (`cancelInvoice`), after re-reading it.
   *
   * Once money has been seen it refuses (`zaif.money_seen`). Repeating a cancel is safe. Keep
   * watching a canceled invoice: its address can still receive money.
   */
  cancelInvoice(invoiceId: string, options?: CancelInvoiceOptions): Promise<Invoice>;

  /**
   * Re-read the invoice that a notification hints at, and compare it.
   *
   * Only the invoice given here may be believed: ship when its `isSettled` is true. What is
   * expected comes from the shop's own books, never from the notification; what differs is a
   * `MismatchError`. Once money is seen the order's other invoices are looked at too: two with
   * money are a `DuplicateInvoiceError` (`zaif.paid_twice`).
   */
  confirm(hint: Hint | string, options: ConfirmOptions): Promise<Invoice>;

  /**
   * Wait until an invoice gets somewhere, asking ever more slowly.
   *
   * For scripts and jobs; shops have webhooks. Once the invoice is expired, invalid or
   * canceled it is given as it is, so look at it (`final` waits on for an expired one, which a
   * late payment still makes invalid). When the time limit passes first, the error is a
   * `KessaiTimeoutError` (`zaif.still_waiting`).
   */
  waitFor(invoiceId: string, options?: WaitForOptions): Promise<Invoice>;

  /**
   * Ask what the service tells of the account (`getInfo`).
   *
   * The documents name the method but not its answer.
   */
  getInfo(options?: CallOptions): Promise<unknown>;

  /**
   * Ask for the coins that invoices can be paid in: names by code.
   *
   * Sends neither key nor nonce (`getSupportedCurrencies`).
   */
  getSupportedCurrencies(options?: CallOptions): Promise<Record<string, string>>;

  /**
   * Call any method, present or future, and give its `return`.
   *
   * Methods whose names begin with `get` count as reads and are repeated; any other is treated
   * like a create that cannot be looked up.
   */
  call(method: string, params?: Readonly<Record<string, string | number | bigint | null | undefined>>, options?: CallOptions): Promise<unknown>;
}
