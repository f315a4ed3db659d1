// Cards with iPay: the part to copy, without the web around it.
//
// `pay` makes a payment of a token that the customer's page made of a card, `look` tells how
// far it is, and `webhook` ships. What the customer's browser says proves nothing: a signed
// webhook, and what the payment then reads as, do.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { CardError, KessaiError, MismatchError, ipay } from 'kessai';

/** The books, the client, and the door for webhooks. */
export class CardShop extends EventEmitter {
  #client;
  #webhooks;
  #handled = new Set();

  /** Orders by number. A real shop has rows, and locks one while it works on it. */
  orders = new Map();

  constructor(client, webhooks) {
    super();
    this.#client = client;
    this.#webhooks = webhooks;
  }

  /** Writes an order down. */
  order(number, yen) {
    if (!this.orders.has(number)) {
      this.orders.set(number, {
        number,
        yen,
        attempt: 1,
        // What the card page hands back: only this customer, in this attempt, knows it.
        state: newState(),
        method: null,
        began: null, // when the attempt began, in Unix seconds
        paymentId: null,
        declined: null,
        paidBy: null,
        shipped: 0,
        alarms: [],
        turn: Promise.resolve(),
      });
    }
    return this.orders.get(number);
  }

  /**
   * Pays an order with the card that a token stands for. Gives what the page shows: `card`,
   * `paid`, `authenticate`, `declined` or `moment`, and the address or reason that goes with it.
   */
  pay(order, token, state) {
    return inTurn(order, async () => {
      // Not for an old page, nor another's, nor a form that is sent twice: an attempt keeps
      // the card that it began with.
      if (alike(state, order.state) && order.method === null) {
        order.method = (await this.#client.createPaymentMethod({ type: 'card', token })).id;
        order.began = Math.floor(Date.now() / 1_000);
      }
      return this.#look(order);
    });
  }

  /** Reads how it is now, on every load of the page and when the bank sends them back. */
  look(order) {
    return inTurn(order, () => this.#look(order));
  }

  async #look(order) {
    if (order.paymentId !== null) return show(order, await this.#client.getPayment(order.paymentId));
    if (order.method !== null) return this.#attempt(order);
    return order.declined === null ? ['card'] : ['declined', order.declined];
  }

  /** Makes the payment; again and again until it is known, since its key stays the same. */
  async #attempt(order) {
    let payment;
    try {
      payment = await this.#client.createPayment({
        amount: order.yen,
        currency: 'JPY',
        paymentMethod: order.method,
        confirm: true,
        confirmationToken: true, // 3-D Secure may be asked for
        metadata: { orderId: order.number },
        idempotencyKey: ipay.orderKey(order.number, 'payment', order.attempt),
        firstTryAt: order.began, // a day later the service has forgotten it
      });
    } catch (error) {
      if (error instanceof CardError) return nextAttempt(order, error.declineCode);
      if (!(error instanceof KessaiError)) throw error;
      if (error.outcome !== 'unknown' && !error.retryable) throw error; // wants a person
      return ['moment'];
    }
    order.paymentId = payment.id;
    return show(order, payment);
  }

  /** Handles one webhook; gives the HTTP status to answer with. */
  async webhook(body, signature) {
    try {
      const event = this.#webhooks.verify(body, signature);
      const isOurs = event instanceof ipay.PaymentSucceeded || event instanceof ipay.PaymentFailed;
      // Refunds, disputes, customers, another shop of the account: no use for them here.
      const order = isOurs && this.orders.get(event.payment.orderId);
      if (order) await inTurn(order, () => this.#confirm(order, event));
      return 200;
    } catch (error) {
      if (error instanceof KessaiError) return ipay.Webhooks.status(error);
      throw error;
    }
  }

  /** Reads the payment that an event is about, and lets the event count once. */
  async #confirm(order, event) {
    if (this.#handled.has(event.key)) return;
    let result = 'mismatch';
    try {
      const expected = { orderId: order.number, amount: order.yen, currency: 'JPY' };
      const payment = await this.#client.confirm(event, expected);
      if (payment.result === 'succeeded') ship(order, payment);
      result = payment.result;
    } catch (error) {
      if (!(error instanceof MismatchError)) throw error;
      // Does not pass by itself: keep it for somebody to look at.
      order.alarms.push(error.message);
    }
    this.#handled.add(event.key); // in one transaction with what it changed
    this.emit('webhook', { order: order.number, result });
  }
}

function show(order, payment) {
  switch (payment.result) {
    case 'succeeded':
      return ['paid']; // the webhook ships
    case 'needs_action':
      return ['authenticate', payment.redirectUrl];
    case 'pending':
      return ['moment'];
    default: // failed, canceled
      return nextAttempt(order, payment.failureCode);
  }
}

/** After a definite failure, and only then: another card, another key. */
function nextAttempt(order, reason) {
  order.attempt += 1;
  order.state = newState();
  order.method = order.paymentId = null;
  order.declined = reason ?? 'declined';
  return ['declined', order.declined];
}

/** Sends the goods, once. */
function ship(order, paid) {
  if (order.paidBy === null) {
    order.paidBy = paid.id;
    order.shipped += 1;
  } else if (order.paidBy !== paid.id) {
    order.alarms.push(`paid twice, by ${order.paidBy} and ${paid.id}`);
  }
}

/** One at a time for an order, as a row lock does in a database. */
function inTurn(order, act) {
  const turn = order.turn.then(act);
  order.turn = turn.catch(() => {});
  return turn;
}

function newState() {
  return randomBytes(16).toString('base64url');
}

function alike(given, wanted) {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
