'use strict';

const native = require('./native.js');
const { core } = require('./translate.js');

/** A QR code of any text, error level M, quiet zone of four modules. */
class Qr {
  #core;

  constructor(text) {
    this.#core = core(() => new native.QrCode(text));
  }

  /** Its modules in a row, without the quiet zone. */
  get size() {
    return this.#core.size();
  }

  /** Its modules row by row; true is dark. */
  modules() {
    return this.#core.modules();
  }

  /** Draws it as an SVG image, with a label for those who cannot see it. */
  toSvg(label) {
    return core(() => this.#core.toSvg(label));
  }

  /** Draws it for a terminal, readable whatever its colours are. */
  toTerminal() {
    return this.#core.toTerminal();
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `Qr { ${this.size} modules }`;
  }
}

module.exports = { Qr };
