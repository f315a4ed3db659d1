// Generated from the core's tables by `make generate`: do not edit.

import { BaseClient, CallOptions as EveryCallOptions, Paged } from './client';
import type { Event as HookEvent } from './event';
import type { Json } from './json';
import type { Account, CaptureMethod, Customer, Event, Payment, PaymentMethod, PaymentMethodType, PaymentStatus, Refund, RefundReason, Subscription, Token, Transaction } from './ipay-models';

/** What a client may be given besides its credentials. Times are in milliseconds. */
export interface MoreOptions {
  /**
   * Whether payments are real: `live` (the default) or `sandbox`. A key of the other kind is
   * refused before anything is sent.
   */
  mode?: string | undefined;
  /**
   * Where the API is, where it is neither `https://api.ipay.com/api` nor
   * `https://sandbox.ipay.com/api`. Plain http is for loopback addresses only; elsewhere than
   * on loopback the `mode` must be said.
   */
  baseUrl?: string | undefined;
  /**
   * Where tokens are fetched with client credentials: `/oauth/token` below the base address
   * unless told otherwise. The form is *Usual* (RFC 6749).
   */
  tokenUrl?: string | undefined;
  /**
   * How long a call may take, everything included: name lookup, repeats, waits. 15 s by
   * default.
   */
  timeout?: number | undefined;
  /**
   * How often one call is repeated where repeating is safe: 5 by default; 0 repeats nothing.
   * Every repeat has the same idempotency key.
   */
  maxRetries?: number | bigint | undefined;
  /**
   * How many calls a minute may be made for one `rateKey`, such as the payer. No limit by
   * default; calls without a `rateKey` are not counted.
   */
  rateLimit?: number | bigint | undefined;
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
  /** The API key, such as `live_...`. */
  key?: string | undefined;
  /** The key's secret. */
  secret?: string | undefined;
  /** Instead of a key: the client that fetches tokens (OAuth 2.0). */
  clientId?: string | undefined;
  /** That client's secret. */
  clientSecret?: string | undefined;
  /** Instead of a key: a bearer token, such as a JWT. */
  token?: string | undefined;
  /**
   * Called for the bearer token of each call, and once more where the service refuses it: for
   * a JWT that is made anew.
   */
  tokenSource?: (() => string | Promise<string>) | undefined;
}

/** What every call takes besides its own. Times are in milliseconds. */
export interface CallOptions extends EveryCallOptions {
  /**
   * The key that makes repeats of this call one call: a random one unless given. The service
   * answers a second call with the same key as it answered the first. `orderKey` makes one of
   * an order.
   */
  idempotencyKey?: string | undefined;
  /**
   * When the shop first used this `idempotencyKey`, in Unix seconds, as its books say. 23
   * hours later the service may have forgotten the key, so nothing is sent any more: the
   * outcome is unknown, and the handle of the error finds out. Unless given, it is now.
   */
  firstTryAt?: number | bigint | undefined;
  /**
   * Where in the body something may stand that looks like a card's number, such as
   * `metadata.serial`.
   */
  allowPaths?: readonly string[] | undefined;
  /** Whom the call counts for, such as the payer, where the client has a `rateLimit`. */
  rateKey?: string | undefined;
}

/** Options of `Client.createPayment`. */
export interface CreatePaymentOptions extends CallOptions {
  /**
   * What is to be paid, in the currency's smallest unit: 2999 is $29.99, and 2999 yen.
   * `minorUnits` makes it of a decimal.
   */
  amount: number | bigint;
  /** The currency's code (ISO 4217), such as `JPY`. */
  currency: string;
  /** The customer who pays. */
  customer?: string | undefined;
  /** What it is paid with. */
  paymentMethod?: string | undefined;
  /** Whether it is to be paid at once. */
  confirm?: boolean | undefined;
  /** What it is for. */
  description?: string | undefined;
  /** The shop's own notes: `orderId` names the order. */
  metadata?: Readonly<Record<string, string | number | bigint | null | undefined>> | undefined;
  /** When the money is taken: `automatic`, or `manual` with `capturePayment`. */
  captureMethod?: CaptureMethod | undefined;
  /** What stands on the customer's statement. */
  statementDescriptor?: string | undefined;
  /** Whether 3-D Secure may be asked for. */
  confirmationToken?: boolean | undefined;
}

/** Options of `Client.listPayments`. */
export interface ListPaymentsOptions extends CallOptions {
  /** How many stand on a page: 1 to 100. */
  limit?: number | bigint | undefined;
  /** The identifier of the payment to start after. */
  startingAfter?: string | undefined;
}

/** Options of `Client.confirmPayment`. */
export interface ConfirmPaymentOptions extends CallOptions {
  /** What it is paid with, where it was made without. */
  paymentMethod?: string | undefined;
}

/** Options of `Client.capturePayment`. */
export interface CapturePaymentOptions extends CallOptions {
  /**
   * How much, in the currency's smallest unit: all of it unless given. What is left is given
   * free.
   */
  amount?: number | bigint | undefined;
}

/** Options of `Client.createRefund`. */
export interface CreateRefundOptions extends CallOptions {
  /** The payment's identifier. */
  payment: string;
  /** How much, in the currency's smallest unit: all that is left unless given. */
  amount?: number | bigint | undefined;
  /**
   * Why: `duplicate`, `fraudulent`, `requested_by_customer` (the default), `order_canceled`,
   * `product_not_received`, `product_not_as_described`, or the shop's own word.
   */
  reason?: RefundReason | undefined;
}

/** Options of `Client.listRefunds`. */
export interface ListRefundsOptions extends CallOptions {
  /** Only those of this payment. */
  payment?: string | undefined;
  /** How many stand on a page: 1 to 100. */
  limit?: number | bigint | undefined;
  /** The identifier of the refund to start after. */
  startingAfter?: string | undefined;
}

/** Options of `Client.createCustomer`. */
export interface CreateCustomerOptions extends CallOptions {
  /** Where to write to. */
  email?: string | undefined;
  /** The name. */
  name?: string | undefined;
  /** The telephone number. */
  phone?: string | undefined;
  /** The shop's own notes: the guide uses `internalId` and `tier`. */
  metadata?: Readonly<Record<string, string | number | bigint | null | undefined>> | undefined;
}

/** Options of `Client.updateCustomer`. */
export interface UpdateCustomerOptions extends CallOptions {
  /** Where to write to. */
  email?: string | undefined;
  /** The name. */
  name?: string | undefined;
  /** The telephone number. */
  phone?: string | undefined;
  /** The shop's own notes. */
  metadata?: Readonly<Record<string, string | number | bigint | null | undefined>> | undefined;
}

/** Options of `Client.listCustomers`. */
export interface ListCustomersOptions extends CallOptions {
  /** How many stand on a page: 1 to 100. */
  limit?: number | bigint | undefined;
  /** The identifier of the customer to start after. */
  startingAfter?: string | undefined;
}

/** Options of `Client.listPaymentMethods`. */
export interface ListPaymentMethodsOptions extends CallOptions {
  /** How many stand on a page: 1 to 100. *Usual*. */
  limit?: number | bigint | undefined;
  /** The identifier of the payment method to start after. *Usual*. */
  startingAfter?: string | undefined;
}

/** Options of `Client.createPaymentMethod`. */
export interface CreatePaymentMethodOptions extends CallOptions {
  /** What it is: `card`, `bank_transfer`, `digital_wallet` or `buy_now_pay_later`. */
  type: PaymentMethodType;
  /** The card's token. */
  token?: string | undefined;
  /** Whose it is. */
  customer?: string | undefined;
}

/** Options of `Client.attachPaymentMethod`. */
export interface AttachPaymentMethodOptions extends CallOptions {
  /** The customer's identifier. */
  customer: string;
}

/** Options of `Client.createSubscription`. */
export interface CreateSubscriptionOptions extends CallOptions {
  /** Who pays. */
  customer: string;
  /** What it is paid with. */
  paymentMethod: string;
  /** What is paid each time, in the currency's smallest unit. */
  amount: number | bigint;
  /** The currency's code (ISO 4217). */
  currency: string;
  /** How often: `day`, `week`, `month` or `year`. */
  interval: string;
  /** The shop's own notes. */
  metadata?: Readonly<Record<string, string | number | bigint | null | undefined>> | undefined;
}

/** Options of `Client.updateSubscription`. */
export interface UpdateSubscriptionOptions extends CallOptions {
  /** What it is paid with. */
  paymentMethod?: string | undefined;
  /** What is paid each time, in the currency's smallest unit. */
  amount?: number | bigint | undefined;
  /** How often: `day`, `week`, `month` or `year`. */
  interval?: string | undefined;
  /** The shop's own notes. */
  metadata?: Readonly<Record<string, string | number | bigint | null | undefined>> | undefined;
}

/** Options of `Client.listSubscriptions`. */
export interface ListSubscriptionsOptions extends CallOptions {
  /** Only those of this customer. */
  customer?: string | undefined;
  /** How many stand on a page: 1 to 100. */
  limit?: number | bigint | undefined;
  /** The identifier of the subscription to start after. */
  startingAfter?: string | undefined;
}

/** Options of `Client.listTransactions`. */
export interface ListTransactionsOptions extends CallOptions {
  /** Only what happened at this time or later, in Unix seconds. */
  since?: number | bigint | undefined;
  /** Only what happened before this time, in Unix seconds. */
  until?: number | bigint | undefined;
  /** How many stand on a page: 1 to 100. */
  limit?: number | bigint | undefined;
  /** The identifier of the line to start after. */
  startingAfter?: string | undefined;
}

/** Options of `Client.confirm`. */
export interface ConfirmOptions extends EveryCallOptions {
  /** The order: `orderId` in the payment's metadata. */
  orderId: string;
  /** What it must be for, in the currency's smallest unit. */
  amount: number | bigint;
  /** The currency's code (ISO 4217). */
  currency: string;
  /** The status it must have, where that matters. */
  status?: PaymentStatus | undefined;
}

/**
 * Calls iPay for one account: from the shop's server.
 *
 * Calls are made on threads of its own, up to `threads`, started on demand and ended when
 * idle: the event loop is never held up. The process stays while one is under way, and exits
 * when none is. Times are in milliseconds.
 */
export class Client extends BaseClient {
  /** Builds a client; every option is checked, nothing is sent. */
  constructor(options?: Options);

  /**
   * Builds a client from the environment: `IPAY_API_KEY` and `IPAY_API_SECRET`, and where they
   * are set `IPAY_SANDBOX` and `IPAY_BASE_URL`. Options given here prevail.
   */
  static fromEnv(options?: MoreOptions): Client;

  /** Tell whose account it is (`GET /account`). */
  getAccount(options?: CallOptions): Promise<Account>;

  /**
   * Make a payment (`POST /payments`).
   *
   * With `confirm` it is paid at once, or declined: then the error is a `CardError` with
   * `decline_code` and `paymentId`. What it gives is one of several types, of which only one
   * is paid: with `confirmationToken` it may need the customer first (3-D Secure).
   */
  createPayment(options: CreatePaymentOptions): Promise<Payment>;

  /** Read a payment (`GET /payments/{id}`, *Usual*). */
  getPayment(paymentId: string, options?: CallOptions): Promise<Payment>;

  /** Go through the payments, newest first (`GET /payments`, *Usual*). */
  listPayments(options?: ListPaymentsOptions): Paged<Payment>;

  /** Confirm a payment: it is paid, or declined (`POST /payments/{id}/confirm`, *Usual*). */
  confirmPayment(paymentId: string, options?: ConfirmPaymentOptions): Promise<Payment>;

  /** Take money that is reserved (`POST /payments/{id}/capture`, *Usual*). */
  capturePayment(paymentId: string, options?: CapturePaymentOptions): Promise<Payment>;

  /** Take a payment back before it is paid (`POST /payments/{id}/cancel`, *Usual*). */
  cancelPayment(paymentId: string, options?: CallOptions): Promise<Payment>;

  /**
   * Give money back, all of it or part (`POST /refunds`).
   *
   * A refund's `idempotencyKey` should carry the refund's own number: `orderKey("A-1001",
   * "refund-1", 1)`.
   */
  createRefund(options: CreateRefundOptions): Promise<Refund>;

  /** Read a refund (`GET /refunds/{id}`, *Usual*). */
  getRefund(refundId: string, options?: CallOptions): Promise<Refund>;

  /** Go through refunds, newest first (`GET /refunds`, *Usual*). */
  listRefunds(options?: ListRefundsOptions): Paged<Refund>;

  /** Make a customer (`POST /customers`). */
  createCustomer(options?: CreateCustomerOptions): Promise<Customer>;

  /** Read a customer (`GET /customers/{id}`, *Usual*). */
  getCustomer(customerId: string, options?: CallOptions): Promise<Customer>;

  /** Change a customer: what is not given stays (`POST /customers/{id}`, *Usual*). */
  updateCustomer(customerId: string, options?: UpdateCustomerOptions): Promise<Customer>;

  /** Delete a customer (`DELETE /customers/{id}`, *Usual*). */
  deleteCustomer(customerId: string, options?: CallOptions): Promise<Customer>;

  /** Go through the customers, newest first (`GET /customers`, *Usual*). */
  listCustomers(options?: ListCustomersOptions): Paged<Customer>;

  /** Go through what a customer can pay with (`GET /customers/{id}/payment_methods`). */
  listPaymentMethods(customerId: string, options?: ListPaymentMethodsOptions): Paged<PaymentMethod>;

  /**
   * Keep something to pay with (`POST /payment_methods`).
   *
   * For a card it is the token that the customer's page got: the number never passes through
   * the shop's server.
   */
  createPaymentMethod(options: CreatePaymentMethodOptions): Promise<PaymentMethod>;

  /** Give a payment method to a customer (`POST /payment_methods/{id}/attach`). */
  attachPaymentMethod(paymentMethodId: string, options: AttachPaymentMethodOptions): Promise<PaymentMethod>;

  /**
   * Take a payment method from its customer (`POST /payment_methods/{id}/detach`, *Usual*).
   */
  detachPaymentMethod(paymentMethodId: string, options?: CallOptions): Promise<PaymentMethod>;

  /** Begin a subscription (`POST /subscriptions`, *Usual*). */
  createSubscription(options: CreateSubscriptionOptions): Promise<Subscription>;

  /** Read a subscription (`GET /subscriptions/{id}`, *Usual*). */
  getSubscription(subscriptionId: string, options?: CallOptions): Promise<Subscription>;

  /** Change a subscription: what is not given stays (`POST /subscriptions/{id}`, *Usual*). */
  updateSubscription(subscriptionId: string, options?: UpdateSubscriptionOptions): Promise<Subscription>;

  /** End a subscription (`DELETE /subscriptions/{id}`, *Usual*). */
  cancelSubscription(subscriptionId: string, options?: CallOptions): Promise<Subscription>;

  /** Go through the subscriptions, newest first (`GET /subscriptions`, *Usual*). */
  listSubscriptions(options?: ListSubscriptionsOptions): Paged<Subscription>;

  /**
   * Go through the account's history, newest first, for reconciliation (`GET /transactions`,
   * *Usual*).
   */
  listTransactions(options?: ListTransactionsOptions): Paged<Transaction>;

  /**
   * Call any endpoint, present or future, and give its answer as JSON.
   *
   * Credentials, idempotency, repeats and errors are those of every call, and the body is
   * looked at for card data. A `GET` counts as a read.
   */
  request(method: string, path: string, body?: Json, options?: CallOptions): Promise<unknown>;

  /**
   * Read the payment that a verified event is about, and give it once it fits what the shop
   * expects.
   *
   * A genuine event need not be the right one, nor the newest: an old delivery can be sent
   * again, and a late `payment.failed` may follow a success. What this gives is how the
   * payment is now. What differs is a `MismatchError` (`ipay.mismatch`).
   */
  confirm(event: Event, options: ConfirmOptions): Promise<Payment>;

  /**
   * Find out what became of a payment's call whose outcome was unknown.
   *
   * Of a create, a confirm, a capture or a cancel. Within 23 hours of its first try the same
   * request goes out once more with the same idempotency key, so the call is executed once
   * whatever happened; later the payment is looked for, by `orderId` in its metadata or by its
   * identifier. While it is still not known the error is an `OutcomeUnknownError` with the
   * handle.
   */
  resumePayment(handle: string, options?: EveryCallOptions): Promise<Payment>;

  /** Find out what became of a refund whose outcome was unknown: see `resumePayment`. */
  resumeRefund(handle: string, options?: EveryCallOptions): Promise<Refund>;
}

/** What a client may be given besides its credentials. Times are in milliseconds. */
export interface MorePublishableOptions {
  /**
   * Whether payments are real: `live` (the default) or `sandbox`. A key of the other kind is
   * refused before anything is sent.
   */
  mode?: string | undefined;
  /**
   * Where the API is, where it is neither `https://api.ipay.com/api` nor
   * `https://sandbox.ipay.com/api`. Plain http is for loopback addresses only; elsewhere than
   * on loopback the `mode` must be said.
   */
  baseUrl?: string | undefined;
  /**
   * Where tokens are fetched with client credentials: `/oauth/token` below the base address
   * unless told otherwise. The form is *Usual* (RFC 6749).
   */
  tokenUrl?: string | undefined;
  /**
   * How long a call may take, everything included: name lookup, repeats, waits. 15 s by
   * default.
   */
  timeout?: number | undefined;
  /**
   * How often one call is repeated where repeating is safe: 5 by default; 0 repeats nothing.
   * Every repeat has the same idempotency key.
   */
  maxRetries?: number | bigint | undefined;
  /**
   * How many calls a minute may be made for one `rateKey`, such as the payer. No limit by
   * default; calls without a `rateKey` are not counted.
   */
  rateLimit?: number | bigint | undefined;
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
  /** How many calls may be under way at once: 32 by default, at most 256. */
  threads?: number | undefined;
  /**
   * Called for every request and every call, and for a clock that is wrong: for logs and
   * metrics. What it is told never holds a credential.
   */
  onEvent?: ((event: HookEvent) => void | Promise<void>) | undefined;
}

/** What a client is made with. Times are in milliseconds. */
export interface PublishableOptions extends MorePublishableOptions {
  /** The publishable key, such as `pk_live_...`. */
  publishableKey: string;
}

/** What every call takes besides its own. Times are in milliseconds. */
export interface PublishableCallOptions extends EveryCallOptions {
  /**
   * The key that makes repeats of this call one call: a random one unless given. The service
   * answers a second call with the same key as it answered the first. `orderKey` makes one of
   * an order.
   */
  idempotencyKey?: string | undefined;
  /**
   * When the shop first used this `idempotencyKey`, in Unix seconds, as its books say. 23
   * hours later the service may have forgotten the key, so nothing is sent any more: the
   * outcome is unknown, and the handle of the error finds out. Unless given, it is now.
   */
  firstTryAt?: number | bigint | undefined;
  /**
   * Where in the body something may stand that looks like a card's number, such as
   * `metadata.serial`.
   */
  allowPaths?: readonly string[] | undefined;
  /** Whom the call counts for, such as the payer, where the client has a `rateLimit`. */
  rateKey?: string | undefined;
}

/** Options of `PublishableClient.createToken`. */
export interface CreateTokenOptions extends PublishableCallOptions {
  /** The card's number: digits, perhaps with blanks between them. */
  number: string;
  /** The month in which it ends, from 1. */
  expMonth: number | bigint;
  /** The year in which it ends, with all four digits. */
  expYear: number | bigint;
  /** The code on its back. */
  cvc: string;
}

/**
 * Makes tokens of cards with the publishable key, and can do nothing else.
 *
 * Calls are made on threads of its own, up to `threads`, started on demand and ended when
 * idle: the event loop is never held up. The process stays while one is under way, and exits
 * when none is. Times are in milliseconds.
 */
export class PublishableClient extends BaseClient {
  /** Builds a client; every option is checked, nothing is sent. */
  constructor(options: PublishableOptions);

  /**
   * Builds a client from the environment: `IPAY_PUBLISHABLE_KEY`, and where they are set
   * `IPAY_SANDBOX` and `IPAY_BASE_URL`. Options given here prevail.
   */
  static fromEnv(options?: MorePublishableOptions): PublishableClient;

  /**
   * Make a token of a card (`POST /tokens`).
   *
   * For whoever may see the card: the customer's own device. It stands for the card once, when
   * a payment method is made of it. Nothing of the card is kept, shown or logged.
   */
  createToken(options: CreateTokenOptions): Promise<Token>;
}
