'use strict';

const { bytesOf } = require('./bytes.js');
const { Hint } = require('./hint.js');
const native = require('./native.js');
const { core } = require('./translate.js');

/**
 * Makes the addresses that notifications go to, and receives what comes there.
 *
 * Notifications are not signed, and one sent by GET says nothing at all: so the
 * address carries the order number and a token that nobody can guess, and what comes
 * without it is turned away before it costs anything. A limit on re-reads stands
 * before them, per order and per process; what is beyond it is answered with 503 and
 * comes again.
 */
class Webhooks {
  #core;

  /**
   * Addresses below `base`. The first of `secrets` (16 characters or more) makes them;
   * each of them is accepted, so that a secret can be replaced while invoices are
   * under way. `perOrder` and `perProcess` limit re-reads per minute.
   */
  constructor(base, secrets, limits) {
    this.#core = core(() => new native.ZaifWebhooks(base, secrets, limits));
  }

  /**
   * The address for an order's notifications. Its last part is as good as a key: keep
   * it out of logs (`Webhooks.mask`).
   */
  address(orderNumber) {
    return core(() => this.#core.address(orderNumber));
  }

  /**
   * Receives a notification: the path of the request and its raw body.
   *
   * @throws {SignatureError} for a path without a true token
   * @throws {ProtocolError} for a body that is no notification
   * @throws {RateLimitError} beyond the limits
   */
  receive(path, body) {
    const bytes = bytesOf(body);
    const { orderNumber, hint, secretIndex } = core(() => this.#core.receive(path, bytes));
    return Object.freeze({ orderNumber, hint: new Hint('', hint), secretIndex });
  }

  /**
   * The HTTP status to answer an error with: 404 to whoever has no token, 400 to what
   * is no notification, else 503, and the service sends it again.
   */
  static status(error) {
    return native.webhookStatus(String(error?.code ?? ''));
  }

  /** A path or an address as it may stand in a log: without its token. */
  static mask(path) {
    return native.webhookMask(String(path));
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.#core.describe();
  }
}

module.exports = { Webhooks };
