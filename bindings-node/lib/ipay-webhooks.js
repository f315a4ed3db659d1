'use strict';

const { bytesOf } = require('./bytes.js');
const { eventOf } = require('./ipay-event.js');
const native = require('./native.js');
const { core } = require('./translate.js');

/**
 * Checks the signatures of webhooks.
 *
 * A genuine event is not yet the right one, nor a new one: let each `key` count once, and
 * let `Client.confirm` read the payment itself.
 */
class Webhooks {
  #core;

  /**
   * Accepts what any of the secrets has signed, so that one can be replaced while
   * deliveries are under way: give the new one first.
   */
  constructor(secrets) {
    this.#core = core(() => new native.IpayWebhooks(secrets));
  }

  /**
   * Checks a webhook and gives its event: the raw body of the request, and what its
   * header `ipay-signature` holds.
   *
   * @throws {SignatureError} whatever is wrong with the signature: answer HTTP 401
   * @throws {ProtocolError} for what is signed and no event
   */
  verify(body, signature) {
    const bytes = bytesOf(body);
    const told = core(() => this.#core.verify(bytes, signature));
    return eventOf(bytes.utf8Slice(), told);
  }

  /**
   * The HTTP status to answer an error with: 401 to what the service has not signed, 400
   * to what is no event, else 503, and the service sends it again.
   */
  static status(error) {
    return native.ipayWebhookStatus(String(error?.code ?? ''));
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.#core.describe();
  }
}

/** The signature that the service would send with this body: for a shop's own tests. */
function sign(body, secret) {
  const bytes = bytesOf(body);
  return core(() => native.ipaySign(bytes, secret));
}

module.exports = { Webhooks, sign };
