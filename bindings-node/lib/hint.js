'use strict';

const { bytesOf } = require('./bytes.js');
const native = require('./native.js');
const { core } = require('./translate.js');

/**
 * That something may have happened to an invoice.
 *
 * Neither kind of notification is signed, so a hint has no way to say "paid": hand
 * it to `Client.confirm`, which re-reads the invoice.
 */
class Hint {
  #text;

  /** A hint from its text form, as `String(hint)` gives it. */
  constructor(hint, json = core(() => native.hintRead(hint))) {
    const { text, invoiceId, orderNumber } = JSON.parse(json);
    this.#text = text;
    this.invoiceId = invoiceId;
    this.orderNumber = orderNumber;
    Object.freeze(this);
  }

  /**
   * Reads the raw body of a `webhookUrl` or `notificationUri` post.
   *
   * @throws {ProtocolError} `zaif.bad_notification`, whatever is wrong with it: answer
   *   HTTP 400 then
   */
  static parse(body) {
    return new Hint('', core(() => native.hintParse(bytesOf(body))));
  }

  /** A hint from the shop's own books: this invoice is worth a look. */
  static about(invoiceId) {
    return new Hint('', core(() => native.hintAbout(invoiceId)));
  }

  /** The same where only the order is known: its invoices are worth a look. */
  static aboutOrder(orderNumber) {
    return new Hint('', core(() => native.hintAboutOrder(orderNumber)));
  }

  toString() {
    return this.#text;
  }

  /** As its text form: `new Hint(text)` reads it. */
  toJSON() {
    return this.#text;
  }
}

module.exports = { Hint };
