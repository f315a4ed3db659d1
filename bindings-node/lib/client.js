'use strict';

// What a client does for all of its methods: starts a call on a thread of the
// core, and settles a promise when a letter says that it is over.

const { inspect } = require('node:util');

const native = require('./native.js');
const { InputError } = require('./errors.js');
const { core, errorOf, inputError, siteOf, standAt } = require('./translate.js');

// What not every client needs is loaded when it does.
const aborts = () => require('./abort.js');
const supplies = () => require('./supply.js');

// What a letter tells; `src/mailbox.rs` knows the same numbers.
const EVENT = 0;
const ERROR = 2;
const TOKEN = 3;

const MOST_ID = 2 ** 32;

/** Makes a call of any method; a client's generated half does. */
const invoke = Symbol('invoke');

/** Says to the constructor that the credentials come from the environment. */
const FROM_ENV = Symbol('fromEnv');

class BaseClient {
  #core;
  #pending = new Map();
  #last = 0;

  /** A client of a class of the core: its module and its name there. */
  constructor(module, name, options, from) {
    const [onEvent, source] = ['onEvent', 'tokenSource'].map((hook) => ownFunction(options, hook));
    const supply = source && new (supplies().Supply)(source, this.#pending);
    const receive = receiver(this.#pending, onEvent, supply);
    const uses = [from === FROM_ENV, onEvent !== undefined, supply !== undefined];
    this.#core = core(() => new native.Client(module, name, options, ...uses, receive));
  }

  /** Builds a client from the environment. Options given here prevail. */
  static fromEnv(options) {
    return new this(options, FROM_ENV);
  }

  /** Makes a call; `read` makes of its JSON what the method gives. */
  async [invoke](method, about, options, read) {
    const site = siteOf(this[invoke]);
    const signal = this.#accepted(method, about, () => signalOf(options));
    if (signal?.aborted) throw standAt(this.#untouched(signal, method, about), site);
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
    const leave = signal && aborts().whenAborted(signal, abort);
    try {
      const start = () => core(() => this.#core.start(id, method, about, options));
      this.#accepted(method, about, start);
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

  /** What is left to say of a call that was aborted before it was made. */
  #untouched(signal, method, about) {
    const outcome = this.#core.untouched(method);
    // One that asks about another call leaves the shop with the handle it had.
    const resume = outcome === 'unknown' ? about[0] : undefined;
    return new (aborts().AbortError)(signal.reason, { outcome, resume });
  }

  /** Does what may refuse an argument: what the call was to find out is as unknown as before. */
  #accepted(method, about, ask) {
    try {
      return ask();
    } catch (problem) {
      const outcome = this.#core.untouched(method);
      if (!(problem instanceof InputError) || outcome === 'not_done') throw problem;
      const { name, message, stack, ...facts } = problem;
      const told = new InputError(message, { ...facts, outcome, resume: problem.resume ?? about[0] });
      throw Object.defineProperty(told, 'stack', { value: stack, configurable: true, writable: true });
    }
  }

  #nextId() {
    do {
      this.#last = (this.#last + 1) % MOST_ID;
    } while (this.#pending.has(this.#last));
    return this.#last;
  }
}

/** Receives letters. Knows nothing of the client, so that nothing keeps one alive. */
function receiver(pending, onEvent, supply) {
  return (kind, id, text) => {
    if (kind === EVENT) {
      tell(onEvent, text);
      return;
    }
    if (kind === TOKEN) {
      supply.answer(id);
      return;
    }
    const call = pending.get(id);
    pending.delete(id);
    call.core.ended(id);
    const told = JSON.parse(text);
    call.settle({ told, error: kind === ERROR ? failure(told, supply) : undefined });
  };
}

/** The error that a call ended with. */
function failure({ refused, ...told }, supply) {
  return errorOf(told, refused === undefined ? undefined : supply.thrown(refused));
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
function opened({ told, error }, site, read) {
  if (error) throw standAt(error, site);
  return read(told);
}

/** What is left to say of a call that was aborted on its way. */
function remains(signal, { told, error }, read) {
  if (!error) return new (aborts().AbortError)(signal.reason, { outcome: 'done', result: read(told) });
  const { outcome, resume } = error;
  // The call ended by itself, and not because it was asked to.
  const own = error.code === 'transport.interrupted' ? undefined : error;
  return new (aborts().AbortError)(signal.reason, { outcome, resume, error: own });
}

/** A function among a client's options, where there is one. */
function ownFunction(options, name) {
  const given = options?.[name] ?? undefined;
  if (given !== undefined && typeof given !== 'function') {
    throw inputError(name, `${name} must be a function`);
  }
  return given;
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

module.exports = { BaseClient, invoke };
