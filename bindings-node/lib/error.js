'use strict';

// The base of every error: what all of them can tell.

/** What is an own property only where there is something to tell. */
const PERHAPS = [
  'param',
  'httpStatus',
  'requestId',
  'retryAfter',
  'declineCode',
  'paymentId',
  'serviceCode',
  'idempotencyKey',
];

/**
 * Why a call did not end well, and what is known of its effect.
 *
 * Catch this to catch everything that kessai throws. Before anything else ask
 * `outcome`: only `'not_done'` says that nothing has happened.
 */
class KessaiError extends Error {
  /**
   * @param {string} [message] what went wrong, for people
   * @param {object} [facts] what else it tells, by name
   */
  constructor(message = '', facts = {}) {
    super(message);
    this.code = facts.code ?? '';
    this.outcome = facts.outcome ?? 'unknown';
    this.retryable = facts.retryable ?? false;
    for (const name of PERHAPS) if (facts[name] != null) this[name] = facts[name];
    if (facts.invoiceIds?.length > 0) this.invoiceIds = [...facts.invoiceIds];
    // Not for logs: `util.inspect` shows what is enumerable.
    if (facts.resume != null) hidden(this, 'resume', facts.resume);
    if (facts.cause != null) hidden(this, 'cause', facts.cause);
  }

  /** Everything it tells but its stack; `resume` is for the shop's books. */
  toJSON() {
    const { name, kind, code, outcome, retryable, message, resume, cause } = this;
    const told = { name, kind, code, outcome, retryable, message };
    for (const fact of PERHAPS) if (this[fact] !== undefined) told[fact] = this[fact];
    if (resume !== undefined) told.resume = resume;
    if (this.invoiceIds.length > 0) told.invoiceIds = this.invoiceIds;
    if (cause instanceof KessaiError) told.cause = cause.toJSON();
    else if (cause !== undefined) told.cause = { name: cause?.name, message: cause?.message };
    return told;
  }
}

function hidden(object, name, value) {
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
}

hidden(KessaiError.prototype, 'name', 'KessaiError');
hidden(KessaiError.prototype, 'kind', '');
hidden(KessaiError.prototype, 'invoiceIds', Object.freeze([]));

/** Gives a class of errors its name and the kind that it is for. */
function ofKind(type, kind) {
  hidden(type.prototype, 'name', type.name);
  hidden(type.prototype, 'kind', kind);
}

module.exports = { KessaiError, ofKind };
