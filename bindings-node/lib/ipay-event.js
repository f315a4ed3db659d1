'use strict';

// A webhook that the service signed. What it is about is read when it is asked for: most
// of what a shop does with an event needs its key and its type alone.

const native = require('./native.js');
const models = require('./ipay-models.js');
const { Model, dateOf, isKind, readerOf } = require('./model.js');
const { core } = require('./translate.js');

/** Text in which there may be a number that JavaScript's would change. */
const DOUBTFUL = /\d[.eE]|\d{16}/;

/** JSON as an object, a number that JavaScript's would change as a string. */
function exactly(json) {
  return JSON.parse(DOUBTFUL.test(json) ? native.exact(json) : json);
}

class AnyEvent extends Model {
  /** The whole body. */
  #raw;
  #fields;
  #data;

  constructor({ id, type, created, secretIndex }, raw) {
    super({});
    this.id = id;
    this.type = type;
    this.created = created;
    this.secretIndex = secretIndex;
    this.#raw = raw;
    Object.freeze(this);
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }

  /** By what the event is known: a delivery that is repeated has the same key. */
  get key() {
    return this.id ?? this.#told().key;
  }

  /** The object that it is about, as the service sent it. */
  get data() {
    this.#data ??= exactly(this.#raw).data ?? null;
    return this.#data;
  }

  /** The payment that it is about. */
  get payment() {
    return readerOf(models.AnyPayment)(this.#told().payment);
  }

  /** The customer that it is about. */
  get customer() {
    return readerOf(models.Customer)(this.#told().customer);
  }

  /** The subscription that it is about. */
  get subscription() {
    return readerOf(models.Subscription)(this.#told().subscription);
  }

  store() {
    return JSON.stringify({ raw: this.#raw, secret_index: this.secretIndex });
  }

  rawJson() {
    return this.#raw;
  }

  get raw() {
    return exactly(this.#raw);
  }

  /** What the core makes of it. */
  #told() {
    this.#fields ??= JSON.parse(core(() => native.modelRestore('ipay', 'Event', this.store())));
    return this.#fields;
  }
}

/** A payment was paid, says the event: `Client.confirm` tells whether it is. */
class PaymentSucceeded extends AnyEvent {}

/** A payment was declined. It may have succeeded since. */
class PaymentFailed extends AnyEvent {}

/** Money of a payment was given back. */
class PaymentRefunded extends AnyEvent {}

/** A payment is disputed: the customer's bank wants the money back. */
class PaymentDisputed extends AnyEvent {}

/** A customer was made. */
class CustomerCreated extends AnyEvent {}

/** A subscription has changed. */
class CustomerSubscriptionUpdated extends AnyEvent {}

/** An event that nobody listed, or whose object cannot be read as what it should be. */
class UnknownEvent extends AnyEvent {}

const EVENTS = {
  __proto__: null,
  PaymentSucceeded,
  PaymentFailed,
  PaymentRefunded,
  PaymentDisputed,
  CustomerCreated,
  CustomerSubscriptionUpdated,
  UnknownEvent,
};

/** An event of what stands at its top and of its whole body. */
function eventOf(head, raw) {
  return new (EVENTS[head.class] ?? UnknownEvent)(head, raw);
}

isKind(AnyEvent, 'ipay', 'Event', (fields) => eventOf(fields, JSON.parse(fields.stored).raw));

module.exports = { AnyEvent, eventOf, ...EVENTS };
