// Generated from the core's tables by `make generate`: do not edit.

import { Model } from './model';

/**
 * How far a payment is. The set is open: a status that nobody listed is kept as it came, and
 * never passes for paid.
 *
 * The names are the guide's; what leads from one to another is *Usual*.
 */
export type PaymentStatus = 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'requires_capture' | 'succeeded' | 'failed' | 'canceled' | (string & {});
/**
 * How far a payment is. The set is open: a status that nobody listed is kept as it came, and
 * never passes for paid.
 *
 * The names are the guide's; what leads from one to another is *Usual*.
 */
export const PaymentStatus: {
  /** Made without a method to pay with. */
  readonly REQUIRES_PAYMENT_METHOD: 'requires_payment_method';
  /** Made with a method, and not confirmed yet. */
  readonly REQUIRES_CONFIRMATION: 'requires_confirmation';
  /** The customer must do something first, as in 3-D Secure. */
  readonly REQUIRES_ACTION: 'requires_action';
  /** Under way, as bank transfers are for a while. */
  readonly PROCESSING: 'processing';
  /** The money is reserved and waits to be captured. */
  readonly REQUIRES_CAPTURE: 'requires_capture';
  /** Paid. The only status in which the shop has its money. */
  readonly SUCCEEDED: 'succeeded';
  /** Declined, or refused by the customer. */
  readonly FAILED: 'failed';
  /** Taken back before it was paid. */
  readonly CANCELED: 'canceled';
};

/** How far a refund is. The set is open, and *Usual*: the guide names none. */
export type RefundStatus = 'pending' | 'succeeded' | 'failed' | (string & {});
/** How far a refund is. The set is open, and *Usual*: the guide names none. */
export const RefundStatus: {
  /** Under way. */
  readonly PENDING: 'pending';
  /** The money is back. */
  readonly SUCCEEDED: 'succeeded';
  /** It could not be given back. */
  readonly FAILED: 'failed';
};

/** Why a payment is refunded. The set is open: the guide's own sample sends `partial_ship`. */
export type RefundReason = 'duplicate' | 'fraudulent' | 'requested_by_customer' | 'order_canceled' | 'product_not_received' | 'product_not_as_described' | (string & {});
/** Why a payment is refunded. The set is open: the guide's own sample sends `partial_ship`. */
export const RefundReason: {
  /** Charged twice. */
  readonly DUPLICATE: 'duplicate';
  /** Not the customer's own doing. */
  readonly FRAUDULENT: 'fraudulent';
  /** The customer asked for it: the default. */
  readonly REQUESTED_BY_CUSTOMER: 'requested_by_customer';
  /** The order was canceled. */
  readonly ORDER_CANCELED: 'order_canceled';
  /** The goods did not arrive. */
  readonly PRODUCT_NOT_RECEIVED: 'product_not_received';
  /** The goods are not what was ordered. */
  readonly PRODUCT_NOT_AS_DESCRIBED: 'product_not_as_described';
};

/** When a payment's money is taken. */
export type CaptureMethod = 'automatic' | 'manual' | (string & {});
/** When a payment's money is taken. */
export const CaptureMethod: {
  /** At once. */
  readonly AUTOMATIC: 'automatic';
  /** When it is captured. */
  readonly MANUAL: 'manual';
};

/** What a payment is paid with. */
export type PaymentMethodType = 'card' | 'bank_transfer' | 'digital_wallet' | 'buy_now_pay_later' | (string & {});
/** What a payment is paid with. */
export const PaymentMethodType: {
  /** A credit or debit card. */
  readonly CARD: 'card';
  /** A bank transfer. */
  readonly BANK_TRANSFER: 'bank_transfer';
  /** A wallet on a phone. */
  readonly DIGITAL_WALLET: 'digital_wallet';
  /** In instalments, or later. */
  readonly BUY_NOW_PAY_LATER: 'buy_now_pay_later';
};

/** What a payment has come to. */
export type ResultKind = 'succeeded' | 'needs_action' | 'failed' | 'canceled' | 'pending';
/** What a payment has come to. */
export const ResultKind: {
  /** Paid. */
  readonly SUCCEEDED: 'succeeded';
  /** The customer must do something first, as in 3-D Secure. */
  readonly NEEDS_ACTION: 'needs_action';
  /** Declined, or refused by the customer: it will not be paid. */
  readonly FAILED: 'failed';
  /** Taken back before it was paid. */
  readonly CANCELED: 'canceled';
  /** None of these yet: the status says how far it is. */
  readonly PENDING: 'pending';
};

/**
 * The shop's account.
 *
 * Read from `/account` of the iPay API. Unknown fields are kept as they came.
 */
export class Account extends Model {
  private constructor();

  /** The shop's name. */
  readonly businessName: string;

  /** The account's identifier. *Usual*. */
  readonly id: string | null;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Account;
}

/**
 * A payment: what is to be paid, and how far it is.
 *
 * Read from `/payments` of the iPay API. Unknown fields are kept as they came.
 */
export abstract class AnyPayment extends Model {
  protected constructor();

  /** The payment's identifier, such as `pay_...`. */
  readonly id: string;

  /** How far it is. The set is open: one that nobody listed is kept as it came. */
  readonly status: PaymentStatus;

  /** What is to be paid, in the currency's smallest unit: 2999 is $29.99, and 2999 yen. */
  readonly amount: number;

  /** The currency's code (ISO 4217), as it was sent. */
  readonly currency: string;

  /** How much of it was captured. *Usual*. */
  readonly amountCaptured: number | null;

  /** How much of it was given back. *Usual*. */
  readonly amountRefunded: number | null;

  /** The customer who pays. */
  readonly customer: string | null;

  /** What it is paid with. */
  readonly paymentMethod: string | null;

  /** What the shop says that it is for. */
  readonly description: string | null;

  /** The shop's own notes: `orderId` names the order. */
  readonly metadata: Readonly<Record<string, string>>;

  /** When the money is taken: `automatic` or `manual`. */
  readonly captureMethod: CaptureMethod | null;

  /** What stands on the customer's statement. */
  readonly statementDescriptor: string | null;

  /**
   * With this the customer's page goes on with the payment. For that page only: it is not
   * shown where the payment is printed.
   */
  readonly clientSecret: string | null;

  /**
   * What the customer must do next, as the service describes it. The guide does not tell its
   * form.
   */
  readonly nextAction: unknown;

  /** Why it failed, as a code. */
  readonly failureCode: string | null;

  /** Why it failed, for people. */
  readonly failureMessage: string | null;

  /** When it was made, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Whether this is the answer that an earlier request with the same idempotency key got. */
  readonly replayed: boolean;

  /** What it has come to: `succeeded`, `needs_action`, `failed`, `canceled` or `pending`. */
  readonly result: ResultKind;

  /** The order it is for: `orderId` in its metadata. */
  readonly orderId: string | null;

  /**
   * Where to send the customer, where the next action is to go somewhere: it may hold the
   * `clientSecret`, and is not shown where the payment is printed. *Usual*.
   */
  readonly redirectUrl: string | null;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Payment;
}

/** A payment that is paid: the shop has its money. */
export class Succeeded extends AnyPayment {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly result: 'succeeded';
}

/**
 * A payment that is not paid: the customer must do something first, as in 3-D Secure.
 *
 * Hand `clientSecret` and `nextAction` to the customer's page.
 */
export class NeedsAction extends AnyPayment {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly result: 'needs_action';

  readonly clientSecret: string;

  readonly nextAction: NonNullable<unknown>;
}

/** A payment that was declined, or refused by the customer: it will not be paid. */
export class Failed extends AnyPayment {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly result: 'failed';
}

/** A payment that was taken back before it was paid. */
export class Canceled extends AnyPayment {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly result: 'canceled';
}

/** A payment that is none of the others yet: `status` says how far it is. */
export class Pending extends AnyPayment {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly result: 'pending';
}

/**
 * A payment: what is to be paid, and how far it is.
 *
 * Read from `/payments` of the iPay API. Unknown fields are kept as they came.
 */
export type Payment =
  | Succeeded
  | NeedsAction
  | Failed
  | Canceled
  | Pending;

/**
 * A refund, of the whole of a payment or of part of it.
 *
 * Read from `/refunds` of the iPay API. Unknown fields are kept as they came.
 */
export class Refund extends Model {
  private constructor();

  /** The refund's identifier. */
  readonly id: string;

  /** How far it is. The set is open, and *Usual*. */
  readonly status: RefundStatus;

  /** How much is given back, in the currency's smallest unit. */
  readonly amount: number;

  /** The currency's code, as the payment has it. *Usual*. */
  readonly currency: string | null;

  /** The payment that it is of. */
  readonly payment: string | null;

  /** Why: one of the guide's reasons, or the shop's own. */
  readonly reason: RefundReason | null;

  /** The shop's own notes. *Usual*. */
  readonly metadata: Readonly<Record<string, string>>;

  /** When it was made, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Whether this is the answer that an earlier request with the same idempotency key got. */
  readonly replayed: boolean;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Refund;
}

/**
 * A customer, to keep payment methods with.
 *
 * Read from `/customers` of the iPay API. Unknown fields are kept as they came.
 */
export class Customer extends Model {
  private constructor();

  /** The customer's identifier, such as `cus_...`. */
  readonly id: string;

  /** Where to write to. */
  readonly email: string | null;

  /** The name. */
  readonly name: string | null;

  /** The telephone number. */
  readonly phone: string | null;

  /** The shop's own notes: the guide uses `internalId` and `tier`. */
  readonly metadata: Readonly<Record<string, string>>;

  /** When it was made, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Whether it was deleted: only the answer to that tells it. *Usual*. */
  readonly deleted: boolean | null;

  /** Whether this is the answer that an earlier request with the same idempotency key got. */
  readonly replayed: boolean;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Customer;
}

/** What may be shown of a card. */
export class Card extends Model {
  private constructor();

  /** The card's network, such as `visa`. */
  readonly brand: string;

  /** Its last four digits. */
  readonly last4: string;

  /** The month in which it ends, from 1. */
  readonly expMonth: number;

  /** The year in which it ends, with all four digits. */
  readonly expYear: number;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Card;
}

/**
 * Something to pay with, kept by the service.
 *
 * Read from `/payment_methods` of the iPay API. Unknown fields are kept as they came.
 */
export class PaymentMethod extends Model {
  private constructor();

  /** The payment method's identifier, such as `pm_...`. */
  readonly id: string;

  /** What it is. The set is open. */
  readonly type: PaymentMethodType;

  /** Whose it is; nobody's while it is not attached. */
  readonly customer: string | null;

  /** What may be shown of the card, where it is one. */
  readonly card: Card | null;

  /** When it was made, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Whether this is the answer that an earlier request with the same idempotency key got. */
  readonly replayed: boolean;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): PaymentMethod;
}

/**
 * A token: it stands for a card that the shop's server never sees.
 *
 * Read from `/tokens` of the iPay API.
 */
export class Token extends Model {
  private constructor();

  /** The token's identifier, such as `tok_...`: the page hands it to the server. */
  readonly id: string;

  /** What may be shown of the card. *Usual*. */
  readonly card: Card | null;

  /** When it was made, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Token;
}

/**
 * A subscription: a payment that comes again and again.
 *
 * *Usual*: the guide knows only the event `customer.subscription.updated`. Read from
 * `/subscriptions` of the iPay API. Unknown fields are kept as they came.
 */
export class Subscription extends Model {
  private constructor();

  /** The subscription's identifier, such as `sub_...`. */
  readonly id: string;

  /** How it is. The set is open, and no document lists it. */
  readonly status: string | null;

  /** Who pays. */
  readonly customer: string | null;

  /** What it is paid with. */
  readonly paymentMethod: string | null;

  /** What is paid each time, in the currency's smallest unit. */
  readonly amount: number | null;

  /** The currency's code (ISO 4217). */
  readonly currency: string | null;

  /** How often: `day`, `week`, `month` or `year`. */
  readonly interval: string | null;

  /** When it is paid next, in Unix seconds. */
  readonly currentPeriodEnd: number | null;

  /** The same as `currentPeriodEnd`, as a date. */
  get currentPeriodEndAt(): Date | null;

  /** The shop's own notes. */
  readonly metadata: Readonly<Record<string, string>>;

  /** When it was made, in Unix seconds. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Whether this is the answer that an earlier request with the same idempotency key got. */
  readonly replayed: boolean;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Subscription;
}

/**
 * A line of the account's history, for reconciliation.
 *
 * *Usual*: the guide promises the history, and does not show it. Read from `/transactions` of
 * the iPay API. Unknown fields are kept as they came.
 */
export class Transaction extends Model {
  private constructor();

  /** The line's identifier. */
  readonly id: string;

  /** What happened, such as `payment` or `refund`. The set is open. */
  readonly type: string | null;

  /** How much moved, in the currency's smallest unit: below zero where it left the shop. */
  readonly amount: number;

  /** The currency's code (ISO 4217). */
  readonly currency: string | null;

  /** The payment that it belongs to. */
  readonly payment: string | null;

  /** The refund that it belongs to. */
  readonly refund: string | null;

  /** When it happened, in Unix seconds. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Transaction;
}

/**
 * A webhook that the service signed.
 *
 * That it is genuine does not make it the event that the shop waits for, nor a new one: an old
 * delivery can be sent again, and deliveries may come in any order. Let each `key` count once,
 * and let `confirm` read the payment itself before anything is shipped.
 */
export abstract class AnyEvent extends Model {
  protected constructor();

  /** The event's identifier. *Usual*. */
  readonly id: string | null;

  /** What happened, such as `payment.succeeded`. The set is open. */
  readonly type: string;

  /** When it happened, in Unix seconds. *Usual*. */
  readonly created: number | null;

  /** The same as `created`, as a date. */
  get createdAt(): Date | null;

  /**
   * By what the event is known: its identifier, or `sha256:` and the digest of its body. A
   * delivery that is repeated has the same key.
   */
  readonly key: string;

  /** Which of the secrets it was signed with, counted from 0. */
  readonly secretIndex: number;

  /** The object that it is about, as the service sent it. */
  readonly data: unknown;

  /** The payment that it is about. */
  readonly payment: Payment | null;

  /** The customer that it is about. */
  readonly customer: Customer | null;

  /** The subscription that it is about. */
  readonly subscription: Subscription | null;

  /** Gives one as it was when `store` gave this text. */
  static restore(stored: string): Event;
}

/** A payment was paid, says the event: `confirm` tells whether it is. */
export class PaymentSucceeded extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'payment.succeeded';

  readonly data: NonNullable<unknown>;

  readonly payment: Payment;
}

/** A payment was declined. It may have succeeded since. */
export class PaymentFailed extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'payment.failed';

  readonly data: NonNullable<unknown>;

  readonly payment: Payment;
}

/** Money of a payment was given back. */
export class PaymentRefunded extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'payment.refunded';

  readonly data: NonNullable<unknown>;

  readonly payment: Payment;
}

/** A payment is disputed: the customer's bank wants the money back. */
export class PaymentDisputed extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'payment.disputed';

  readonly data: NonNullable<unknown>;

  readonly payment: Payment;
}

/** A customer was made. */
export class CustomerCreated extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'customer.created';

  readonly data: NonNullable<unknown>;

  readonly customer: Customer;
}

/** A subscription has changed. */
export class CustomerSubscriptionUpdated extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;

  readonly type: 'customer.subscription.updated';

  readonly data: NonNullable<unknown>;

  readonly subscription: Subscription;
}

/**
 * An event that nobody listed, or whose object cannot be read as what it should be. Its data
 * are kept as they came.
 */
export class UnknownEvent extends AnyEvent {
  private constructor();

  // Nothing else passes for it, whatever it looks like.
  #private;
}

/**
 * A webhook that the service signed.
 *
 * That it is genuine does not make it the event that the shop waits for, nor a new one: an old
 * delivery can be sent again, and deliveries may come in any order. Let each `key` count once,
 * and let `confirm` read the payment itself before anything is shipped.
 */
export type Event =
  | PaymentSucceeded
  | PaymentFailed
  | PaymentRefunded
  | PaymentDisputed
  | CustomerCreated
  | CustomerSubscriptionUpdated
  | UnknownEvent;
