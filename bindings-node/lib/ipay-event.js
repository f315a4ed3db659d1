'use strict';

// A webhook that the service signed. What it is about is read when it is asked for: most
// of what a shop does with an event needs its key and its type alone.

const { inspect } = require('node:util');

const native = require('./native.js');
const models = require('./ipay-models.js');
const { Model, dateOf, isKind, readerOf } = require('./model.js');
const { core } = require('./translate.js');

/** The last second of the year 9999. */
const LAST = 253_402_300_799;

// How a verified event is told; `src/ipay.rs` knows the same numbers.
const MOST_SECRETS = 16;

class AnyEvent extends Model {
  /** The whole body. */
  #raw;
  #isExact;
  #secretIndex;
  #parsed;
  #about = new Map();

  constructor(raw, secretIndex, isExact) {
    super({});
    this.#raw = raw;
    this.#secretIndex = secretIndex;
    this.#isExact = isExact;
    Object.freeze(this);
  }

  /** The event's identifier. */
  get id() {
    const { id } = this.#top();
    return typeof id === 'string' && id !== '' ? id : null;
  }

  /** What happened, such as `payment.succeeded`. */
  get type() {
    return this.#top().type;
  }

  /** When it happened, in Unix seconds. */
  get created() {
    const { created } = this.#top();
    return Number.isSafeInteger(created) && created >= 0 && created <= LAST ? created : null;
  }

  /** The same as `created`, as a date. */
  get createdAt() {
    return dateOf(this.created);
  }

  /** Which of the secrets it was signed with. */
  get secretIndex() {
    return this.#secretIndex;
  }

  /** By what the event is known: a delivery that is repeated has the same key. */
  get key() {
    return this.id ?? this.#field('key');
  }

  /** The object that it is about, as the service sent it. */
  get data() {
    return this.#top().data ?? null;
  }

  /** The payment that it is about. */
  get payment() {
    return readerOf(models.AnyPayment)(this.#field('payment'));
  }

  /** The customer that it is about. */
  get customer() {
    return readerOf(models.Customer)(this.#field('customer'));
  }

  /** The subscription that it is about. */
  get subscription() {
    return readerOf(models.Subscription)(this.#field('subscription'));
  }

  store() {
    return JSON.stringify({ raw: this.#raw, secret_index: this.#secretIndex });
  }

  rawJson() {
    return this.#raw;
  }

  get raw() {
    return this.#read();
  }

  /** Without what it is about, which may belong into no log. */
  toJSON() {
    const { id, type, created, secretIndex } = this;
    return { id, type, created, secretIndex };
  }

  [inspect.custom](depth, options) {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }

  #top() {
    this.#parsed ??= this.#read();
    return this.#parsed;
  }

  #read() {
    return JSON.parse(this.#isExact ? this.#raw : native.exact(this.#raw));
  }

  /** What the core makes of it. */
  #field(name) {
    if (!this.#about.has(name)) {
      const json = core(() => native.ipayEventField(this.store(), name));
      this.#about.set(name, JSON.parse(json));
    }
    return this.#about.get(name);
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

/** In the order of the core's table. */
const EVENTS = [
  PaymentSucceeded,
  PaymentFailed,
  PaymentRefunded,
  PaymentDisputed,
  CustomerCreated,
  CustomerSubscriptionUpdated,
  UnknownEvent,
];

/** An event of its whole body, and of what the core says about it in one number. */
function eventOf(raw, told) {
  const isExact = told % 2 === 0;
  const rest = Math.floor(told / 2);
  const type = EVENTS[Math.floor(rest / MOST_SECRETS)];
  return new type(raw, rest % MOST_SECRETS, isExact);
}

function restored(fields) {
  const type = EVENTS.find(({ name }) => name === fields.class) ?? UnknownEvent;
  return new type(JSON.parse(fields.stored).raw, fields.secretIndex, false);
}

isKind(AnyEvent, 'ipay', 'Event', restored);

module.exports = {
  AnyEvent,
  CustomerCreated,
  CustomerSubscriptionUpdated,
  PaymentDisputed,
  PaymentFailed,
  PaymentRefunded,
  PaymentSucceeded,
  UnknownEvent,
  eventOf,
};
