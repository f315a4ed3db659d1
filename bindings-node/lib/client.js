'use strict';

// What a client does for all of its methods: starts a call on a thread of the
// core, and settles a promise when a letter says that it is over.

const { inspect } = require('node:util');

const { AbortError, whenAborted } = require('./abort.js');
const native = require('./native.js');
const { core, errorOf, inputError, siteOf, standAt } = require('./translate.js');

// What a letter tells; `src/mailbox.rs` knows the same numbers.
const EVENT = 0;
const ERROR = 2;

const MOST_ID = 2 ** 32;

/** Makes a call of any method; a client's generated half does. */
const invoke = Symbol('invoke');

/** Says to the constructor that key and secret come from the environment. */
const FROM_ENV = Symbol('fromEnv');

class BaseClient {
  #core;
  #pending = new Map();
  #last = 0;

  constructor(options, from) {
    const onEvent = options?.onEvent ?? undefined;
    if (onEvent !== undefined && typeof onEvent !== 'function') {
      throw inputError('onEvent', 'onEvent must be a function');
    }
    const receive = receiver(this.#pending, onEvent);
    const hears = onEvent !== undefined;
    this.#core = core(() => new native.ZaifClient(options, from === FROM_ENV, hears, receive));
  }

  /**
   * Builds a client from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`, and
   * where they are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options given here prevail.
   */
  static fromEnv(options) {
    return new this(options, FROM_ENV);
  }

  /** Makes a call; `read` makes of its JSON what the method gives. */
  async [invoke](method, about, options, read) {
    const site = siteOf(this[invoke]);
    const signal = signalOf(options);
    if (signal?.aborted) throw standAt(untouched(signal, method, about), site);
    const id = this.#nextId();
    let settle;
    const over = new Promise((resolve) => {
      settle = resolve;
    });
    let aborted = false;
    const abort = () => {
      aborted = true;
      this.#core.cancel(id);
    };
    const leave = signal && whenAborted(signal, abort);
    try {
      core(() => this.#core.start(id, method, about, options));
    } catch (problem) {
      leave?.();
      throw problem;
    }
    this.#pending.set(id, { core: this.#core, over, settle });
    // What was handed over may have aborted it on the way.
    if (aborted) this.#core.cancel(id);
    const letter = await over;
    leave?.();
    if (aborted) throw standAt(remains(signal, letter, read), site);
    return opened(letter, site, read);
  }

  /**
   * Closes the client: calls made from now on fail. Resolves when those that are
   * under way have ended.
   */
  async close() {
    this.#core.close();
    await Promise.all(Array.from(this.#pending.values(), (call) => call.over));
  }

  [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    return this.close();
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `${this.constructor.name} { ${this.#core.describe() ?? 'closed'} }`;
  }

  #nextId() {
    do {
      this.#last = (this.#last + 1) % MOST_ID;
    } while (this.#pending.has(this.#last));
    return this.#last;
  }
}

/** Receives letters. Knows nothing of the client, so that nothing keeps one alive. */
function receiver(pending, onEvent) {
  return (kind, id, text) => {
    if (kind === EVENT) {
      tell(onEvent, text);
      return;
    }
    const call = pending.get(id);
    pending.delete(id);
    call.core.ended(id);
    call.settle({ failed: kind === ERROR, text });
  };
}

/** Tells the hook. What it throws changes nothing about any call. */
function tell(onEvent, text) {
  const complain = (problem) => {
    process.emitWarning('onEvent threw an error', { type: 'KessaiWarning', detail: shown(problem) });
  };
  try {
    const promise = onEvent(JSON.parse(text));
    if (typeof promise?.then === 'function') promise.then(undefined, complain);
  } catch (problem) {
    complain(problem);
  }
}

/** Whatever was thrown, as text: also what cannot be made one. */
function shown(problem) {
  try {
    return problem instanceof Error ? String(problem.stack) : inspect(problem);
  } catch {
    return 'something that cannot be shown';
  }
}

/** What a letter holds: what the method gives, or the error to throw. */
function opened({ failed, text }, site, read) {
  if (failed) throw standAt(errorOf(JSON.parse(text)), site);
  return read(JSON.parse(text));
}

/** What is left to say of a call that was aborted on its way. */
function remains(signal, { failed, text }, read) {
  if (!failed) {
    return new AbortError(signal.reason, { outcome: 'done', result: read(JSON.parse(text)) });
  }
  const error = errorOf(JSON.parse(text));
  const { outcome, resume } = error;
  // The call ended by itself, and not because it was asked to.
  const own = error.code === 'transport.interrupted' ? undefined : error;
  return new AbortError(signal.reason, { outcome, resume, error: own });
}

/** What is left to say of a call that was aborted before it was made. */
function untouched(signal, method, about) {
  const outcome = native.ZaifClient.untouched(method);
  // One that asks about another call leaves the shop with the handle it had.
  const resume = outcome === 'unknown' ? about[0] : undefined;
  return new AbortError(signal.reason, { outcome, resume });
}

/** The signal among a call's options, where there is one. */
function signalOf(options) {
  const signal = options?.signal ?? undefined;
  if (signal === undefined) return undefined;
  if (!(signal instanceof AbortSignal)) {
    throw inputError('signal', 'signal must be an AbortSignal');
  }
  return signal;
}

/** A promise of a list that can also be walked through with `for await`. */
function listed(promise) {
  return Object.defineProperty(promise, Symbol.asyncIterator, {
    value: async function* each() {
      yield* await promise;
    },
  });
}

module.exports = { BaseClient, invoke, listed };
