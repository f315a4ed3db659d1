'use strict';

// What a call ends with whose `signal` was aborted.

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

module.exports = { AbortError };
