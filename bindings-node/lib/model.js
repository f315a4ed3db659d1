'use strict';

// What every model can do: an object as the service described it, which never
// changes. Its fields are its own; everything else is asked of the core.

const native = require('./native.js');
const { core } = require('./translate.js');

/** Asks a question of the core; a model's generated half does. */
const ask = Symbol('ask');

/** What the core knows a model by, and what makes one of its fields. */
const KIND = Symbol('kind');

class Model {
  /** All of it as one text. */
  #stored;

  constructor(fields) {
    this.#stored = fields.stored;
  }

  /** Gives one as it was when `store` gave this text. */
  static restore(stored) {
    const { module, name, read } = this.prototype[KIND];
    return read(JSON.parse(core(() => native.modelRestore(module, name, stored))));
  }

  /** All of it as one text, for a cache or a queue; `restore` reads it. */
  store() {
    return this.#stored;
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

  [ask](question, given) {
    const { module, name } = this[KIND];
    return JSON.parse(core(() => native.modelAsk(module, name, this.#stored, question, given)));
  }
}

/** Says what the core knows a model by; `read` makes one of its fields. */
function isKind(type, module, name, read) {
  Object.defineProperty(type.prototype, KIND, { value: { module, name, read } });
}

/** What makes a model of its fields, of null null. */
function readerOf(type) {
  const { read } = type.prototype[KIND];
  return (fields) => (fields === null ? null : read(fields));
}

/** Unix seconds as a date, null as null. */
function dateOf(seconds) {
  return seconds === null ? null : new Date(seconds * 1000);
}

/** Gives a model a field that is not shown where the model is printed. */
function hide(model, name, value) {
  Object.defineProperty(model, name, { value });
}

module.exports = { Model, ask, dateOf, hide, isKind, readerOf };
