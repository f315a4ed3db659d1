'use strict';

// Calls whose `signal` is aborted: what tells them, and what they end with.

/**
 * A call was aborted. It says what is known of the call all the same: `outcome`,
 * `resume`, and `result` where it had succeeded.
 */
class AbortError extends Error {
  /** @param {unknown} reason the signal's, which becomes the `cause` */
  constructor(reason, { outcome, resume, result, error } = {}) {
    super('The operation was aborted', { cause: reason });
    this.code = 'ABORT_ERR';
    this.outcome = outcome;
    const more = { resume, result, error };
    for (const name of Object.keys(more)) {
      // Neither a handle nor an invoice is for logs.
      const value = more[name];
      if (value === undefined) continue;
      Object.defineProperty(this, name, { value, configurable: true, writable: true });
    }
  }
}

Object.defineProperty(AbortError.prototype, 'name', { value: 'AbortError', writable: true });

/** Who is to be told of a signal: each signal is listened to once. */
const told = new WeakMap();

/** Calls `abort` when the signal is aborted; gives what ends the waiting for it. */
function whenAborted(signal, abort) {
  let waiting = told.get(signal);
  if (waiting === undefined) {
    const calls = new Set();
    const listener = () => calls.forEach((call) => call());
    waiting = { calls, listener };
    told.set(signal, waiting);
    signal.addEventListener('abort', listener, { once: true });
  }
  const { calls, listener } = waiting;
  calls.add(abort);
  return () => {
    calls.delete(abort);
    if (calls.size > 0) return;
    signal.removeEventListener('abort', listener);
    if (told.get(signal) === waiting) told.delete(signal);
  };
}

module.exports = { AbortError, whenAborted };
