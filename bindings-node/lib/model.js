'use strict';

// What every model can do: an object as the service described it, which never
// changes. Its fields are its own; everything else is asked of the core.

const native = require('./native.js');
const { core } = require('./translate.js');

/** Asks a question of the core; a model's generated half does. */
const ask = Symbol('ask');

class Model {
  /** All of it as one text. */
  #stored;

  constructor(fields) {
    this.#stored = fields.stored;
  }

  /** The object as the service sent it, to the letter: JSON. */
  rawJson() {
    return JSON.parse(this.#stored).raw;
  }

  /**
   * The same as an object, fields unknown to kessai included. A number that a
   * JavaScript number would change is a string.
   */
  get raw() {
    return JSON.parse(native.exact(this.rawJson()));
  }

  [ask](name, given) {
    return JSON.parse(core(() => native.invoiceAsk(this.#stored, name, given)));
  }
}

/** Unix seconds as a date, null as null. */
function dateOf(seconds) {
  return seconds === null ? null : new Date(seconds * 1000);
}

module.exports = { Model, ask, dateOf };
