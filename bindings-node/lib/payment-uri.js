'use strict';

const native = require('./native.js');
const { core, inputError } = require('./translate.js');
const { Invoice } = require('./zaif-models.js');

/**
 * A payment link that wallets understand (BIP21).
 *
 * Amounts are exact; parameters that nobody knows are kept; a link that demands
 * something unknown (`req-`) is refused. `String(link)` gives the link.
 */
class PaymentUri {
  #text;

  /** A link of named values: `currency`, `address`, and perhaps more. */
  constructor(values, json = core(() => native.paymentUriMake(values))) {
    const { text, parameters, ...fields } = JSON.parse(json);
    this.#text = text;
    Object.assign(this, fields);
    this.parameters = Object.freeze(pairs(parameters));
    Object.freeze(this);
  }

  /**
   * Reads a payment link.
   *
   * @throws {InputError} naming what is wrong with it
   */
  static parse(uri) {
    return new PaymentUri({}, core(() => native.paymentUriParse(uri)));
  }

  /**
   * The link for an invoice, from its own fields and without a label.
   *
   * @throws {ProtocolError} where the invoice's own link disagrees with its other
   *   fields: money could go astray
   */
  static forInvoice(invoice) {
    if (!(invoice instanceof Invoice)) throw inputError('invoice', 'invoice must be an Invoice');
    return new PaymentUri({}, core(() => native.paymentUriFor(invoice.store())));
  }

  toString() {
    return this.#text;
  }

  toJSON() {
    return this.#text;
  }
}

/** Names and values that stand in turn, two by two. */
function pairs(inTurn) {
  const names = inTurn.filter((_, at) => at % 2 === 0);
  return names.map((name, at) => Object.freeze([name, inTurn[2 * at + 1]]));
}

module.exports = { PaymentUri };
