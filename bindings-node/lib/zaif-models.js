'use strict';

// Generated from the core's tables by `make generate`: do not edit.

// Models of `kessai.zaif` and the words they use.

const { Model, ask, dateOf, hide, isKind, readerOf } = require('./model.js');

/** The state of an invoice. The set is open: a state that nobody listed is kept as it came. */
const Status = Object.freeze({
  NEW: 'new',
  PAID: 'paid',
  CONFIRMED: 'confirmed',
  COMPLETE: 'complete',
  EXPIRED: 'expired',
  INVALID: 'invalid',
  CANCELED: 'canceled',
});

/** A coin by its code. The set is open: coins have been added and will be. */
const Coin = Object.freeze({
  BTC: 'btc',
  MONA: 'mona',
});

/** Why a payment did not settle. It is only ever one of a set of causes. */
const Reason = Object.freeze({
  SHORT: 'short',
  SLOW: 'slow',
  LATE: 'late',
});

/** What to wait for. */
const Until = Object.freeze({
  MONEY_SEEN: 'money_seen',
  SETTLED: 'settled',
  FINAL: 'final',
});

/**
 * An invoice: what the customer owes, where to pay it, and how far the payment is.
 *
 * Read from `createInvoice`, `getInvoice` and `cancelInvoice` of the Zaif Payment API. Unknown
 * fields are kept as they came.
 */
class Invoice extends Model {
  constructor(fields) {
    super(fields);
    this.invoiceId = fields.invoiceId;
    this.created = fields.created;
    this.expired = fields.expired;
    this.status = fields.status;
    this.settled = fields.settled;
    this.amount = fields.amount;
    this.currency = fields.currency;
    this.rate = fields.rate;
    this.address = fields.address;
    this.bip21 = fields.bip21;
    this.speed = fields.speed;
    this.orderNumber = fields.orderNumber;
    this.referenceNumber = fields.referenceNumber;
    this.buyerId = fields.buyerId;
    this.invoiceUri = fields.invoiceUri;
    this.invoiceIframeUri = fields.invoiceIframeUri;
    this.coinAmount = fields.coinAmount;
    this.adopted = fields.adopted;
    this.differs = fields.differs;
    this.isSettled = fields.isSettled;
    this.isMoneySeen = fields.isMoneySeen;
    this.isFinal = fields.isFinal;
    this.mayStillReceiveMoney = fields.mayStillReceiveMoney;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }

  /** The same as `expired`, as a date. */
  get expiredAt() {
    return dateOf(this.expired);
  }

  /** The same as `settled`, as a date. */
  get settledAt() {
    return dateOf(this.settled);
  }

  /** Give the key of the event that this reading is: 64 hex digits. */
  get eventKey() {
    return this[ask]('event_key');
  }

  /** Tell why the payment did not settle, as far as the states allow to say. */
  reasons(seen) {
    return this[ask]('reasons', { seen });
  }

  /** Tell whether this state can have come after an earlier one. */
  follows(earlier) {
    return this[ask]('follows', { earlier });
  }

  /** Give the documented snippet that embeds the payment page, escaped. */
  iframeHtml() {
    return this[ask]('iframe_html');
  }
}
isKind(Invoice, 'zaif', 'Invoice', (fields) => new Invoice(fields));

module.exports = {
  Status,
  Coin,
  Reason,
  Until,
  Invoice,
};
