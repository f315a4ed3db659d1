'use strict';

// Generated from the core's tables by `make generate`: do not edit.

// Models of `kessai.ipay` and the words they use.

const { Model, ask, dateOf, hide, isKind, readerOf } = require('./model.js');

/**
 * How far a payment is. The set is open: a status that nobody listed is kept as it came, and
 * never passes for paid.
 *
 * The names are the guide's; what leads from one to another is *Usual*.
 */
const PaymentStatus = Object.freeze({
  REQUIRES_PAYMENT_METHOD: 'requires_payment_method',
  REQUIRES_CONFIRMATION: 'requires_confirmation',
  REQUIRES_ACTION: 'requires_action',
  PROCESSING: 'processing',
  REQUIRES_CAPTURE: 'requires_capture',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELED: 'canceled',
});

/** How far a refund is. The set is open, and *Usual*: the guide names none. */
const RefundStatus = Object.freeze({
  PENDING: 'pending',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
});

/** Why a payment is refunded. The set is open: the guide's own sample sends `partial_ship`. */
const RefundReason = Object.freeze({
  DUPLICATE: 'duplicate',
  FRAUDULENT: 'fraudulent',
  REQUESTED_BY_CUSTOMER: 'requested_by_customer',
  ORDER_CANCELED: 'order_canceled',
  PRODUCT_NOT_RECEIVED: 'product_not_received',
  PRODUCT_NOT_AS_DESCRIBED: 'product_not_as_described',
});

/** When a payment's money is taken. */
const CaptureMethod = Object.freeze({
  AUTOMATIC: 'automatic',
  MANUAL: 'manual',
});

/** What a payment is paid with. */
const PaymentMethodType = Object.freeze({
  CARD: 'card',
  BANK_TRANSFER: 'bank_transfer',
  DIGITAL_WALLET: 'digital_wallet',
  BUY_NOW_PAY_LATER: 'buy_now_pay_later',
});

/** What a payment has come to. */
const ResultKind = Object.freeze({
  SUCCEEDED: 'succeeded',
  NEEDS_ACTION: 'needs_action',
  FAILED: 'failed',
  CANCELED: 'canceled',
  PENDING: 'pending',
});

/**
 * The shop's account.
 *
 * Read from `/account` of the iPay API. Unknown fields are kept as they came.
 */
class Account extends Model {
  constructor(fields) {
    super(fields);
    this.businessName = fields.businessName;
    this.id = fields.id;
    Object.freeze(this);
  }
}
isKind(Account, 'ipay', 'Account', (fields) => new Account(fields));

/**
 * A payment: what is to be paid, and how far it is.
 *
 * Read from `/payments` of the iPay API. Unknown fields are kept as they came.
 */
class AnyPayment extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.status = fields.status;
    this.amount = fields.amount;
    this.currency = fields.currency;
    this.amountCaptured = fields.amountCaptured;
    this.amountRefunded = fields.amountRefunded;
    this.customer = fields.customer;
    this.paymentMethod = fields.paymentMethod;
    this.description = fields.description;
    this.metadata = fields.metadata;
    this.captureMethod = fields.captureMethod;
    this.statementDescriptor = fields.statementDescriptor;
    hide(this, 'clientSecret', fields.clientSecret);
    hide(this, 'nextAction', fields.nextAction);
    this.failureCode = fields.failureCode;
    this.failureMessage = fields.failureMessage;
    this.created = fields.created;
    this.replayed = fields.replayed;
    this.result = fields.result;
    this.orderId = fields.orderId;
    hide(this, 'redirectUrl', fields.redirectUrl);
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}

/** A payment that is paid: the shop has its money. */
class Succeeded extends AnyPayment {}

/**
 * A payment that is not paid: the customer must do something first, as in 3-D Secure.
 *
 * Hand `clientSecret` and `nextAction` to the customer's page.
 */
class NeedsAction extends AnyPayment {}

/** A payment that was declined, or refused by the customer: it will not be paid. */
class Failed extends AnyPayment {}

/** A payment that was taken back before it was paid. */
class Canceled extends AnyPayment {}

/** A payment that is none of the others yet: `status` says how far it is. */
class Pending extends AnyPayment {}

const PAYMENTS = { __proto__: null, Succeeded, NeedsAction, Failed, Canceled, Pending };
isKind(AnyPayment, 'ipay', 'Payment', (fields) => new (PAYMENTS[fields.class] ?? AnyPayment)(fields));

/**
 * A refund, of the whole of a payment or of part of it.
 *
 * Read from `/refunds` of the iPay API. Unknown fields are kept as they came.
 */
class Refund extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.status = fields.status;
    this.amount = fields.amount;
    this.currency = fields.currency;
    this.payment = fields.payment;
    this.reason = fields.reason;
    this.metadata = fields.metadata;
    this.created = fields.created;
    this.replayed = fields.replayed;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(Refund, 'ipay', 'Refund', (fields) => new Refund(fields));

/**
 * A customer, to keep payment methods with.
 *
 * Read from `/customers` of the iPay API. Unknown fields are kept as they came.
 */
class Customer extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.email = fields.email;
    this.name = fields.name;
    this.phone = fields.phone;
    this.metadata = fields.metadata;
    this.created = fields.created;
    this.deleted = fields.deleted;
    this.replayed = fields.replayed;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(Customer, 'ipay', 'Customer', (fields) => new Customer(fields));

/** What may be shown of a card. */
class Card extends Model {
  constructor(fields) {
    super(fields);
    this.brand = fields.brand;
    this.last4 = fields.last4;
    this.expMonth = fields.expMonth;
    this.expYear = fields.expYear;
    Object.freeze(this);
  }
}
isKind(Card, 'ipay', 'Card', (fields) => new Card(fields));

/**
 * Something to pay with, kept by the service.
 *
 * Read from `/payment_methods` of the iPay API. Unknown fields are kept as they came.
 */
class PaymentMethod extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.type = fields.type;
    this.customer = fields.customer;
    this.card = readerOf(Card)(fields.card);
    this.created = fields.created;
    this.replayed = fields.replayed;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(PaymentMethod, 'ipay', 'PaymentMethod', (fields) => new PaymentMethod(fields));

/**
 * A token: it stands for a card that the shop's server never sees.
 *
 * Read from `/tokens` of the iPay API.
 */
class Token extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.card = readerOf(Card)(fields.card);
    this.created = fields.created;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(Token, 'ipay', 'Token', (fields) => new Token(fields));

/**
 * A subscription: a payment that comes again and again.
 *
 * *Usual*: the guide knows only the event `customer.subscription.updated`. Read from
 * `/subscriptions` of the iPay API. Unknown fields are kept as they came.
 */
class Subscription extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.status = fields.status;
    this.customer = fields.customer;
    this.paymentMethod = fields.paymentMethod;
    this.amount = fields.amount;
    this.currency = fields.currency;
    this.interval = fields.interval;
    this.currentPeriodEnd = fields.currentPeriodEnd;
    this.metadata = fields.metadata;
    this.created = fields.created;
    this.replayed = fields.replayed;
    Object.freeze(this);
  }

  /** The same as `currentPeriodEnd`, as a date. */
  get currentPeriodEndAt() {
    return dateOf(this.currentPeriodEnd);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(Subscription, 'ipay', 'Subscription', (fields) => new Subscription(fields));

/**
 * A line of the account's history, for reconciliation.
 *
 * *Usual*: the guide promises the history, and does not show it. Read from `/transactions` of
 * the iPay API. Unknown fields are kept as they came.
 */
class Transaction extends Model {
  constructor(fields) {
    super(fields);
    this.id = fields.id;
    this.type = fields.type;
    this.amount = fields.amount;
    this.currency = fields.currency;
    this.payment = fields.payment;
    this.refund = fields.refund;
    this.created = fields.created;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }
}
isKind(Transaction, 'ipay', 'Transaction', (fields) => new Transaction(fields));

module.exports = {
  PaymentStatus,
  RefundStatus,
  RefundReason,
  CaptureMethod,
  PaymentMethodType,
  ResultKind,
  Account,
  AnyPayment,
  Succeeded,
  NeedsAction,
  Failed,
  Canceled,
  Pending,
  Refund,
  Customer,
  Card,
  PaymentMethod,
  Token,
  Subscription,
  Transaction,
};
