'use strict';

// Generated from the core's tables by `make generate`: do not edit.

// The clients of `kessai.zaif`: what their methods take and give, `zaif-client.d.ts` tells.

const { BaseClient, invoke } = require('./client.js');
const { readerOf } = require('./model.js');
const { Paged, asIs, each, listed, page, resumed } = require('./read.js');
const models = require('./zaif-models.js');

const invoice = readerOf(models.Invoice);

/** Calls Zaif Payment with one API key. */
class Client extends BaseClient {
  constructor(options, from) {
    super('zaif', 'Client', options, from);
  }

  /** Make an invoice (`createInvoice`). */
  createInvoice(order, options) {
    return this[invoke]('create_invoice', order, options, invoice);
  }

  /** Give the one invoice of an order, made only where none will do. */
  ensureInvoice(order, options) {
    return this[invoke]('ensure_invoice', order, options, invoice);
  }

  /** Give the handle for `resume` before a create is sent. */
  resumeHandle(order, options) {
    return this[invoke]('resume_handle', order, options, asIs);
  }

  /** Find out what became of a create whose outcome was unknown. */
  resume(handle, options) {
    return this[invoke]('resume', [handle], options, resumed(invoice));
  }

  /** Read an invoice (`getInvoice`). */
  getInvoice(invoiceId, options) {
    return this[invoke]('get_invoice', [invoiceId], options, invoice);
  }

  /** Find the ids of an order's invoices (`getInvoiceIdsByOrderNumber`). */
  findInvoiceIds(orderNumber, options) {
    return listed(this[invoke]('find_invoice_ids', [orderNumber], options, asIs));
  }

  /** Read every invoice of an order, oldest first. */
  findInvoices(orderNumber, options) {
    return listed(this[invoke]('find_invoices', [orderNumber], options, each(invoice)));
  }

  /** Take an invoice back (`cancelInvoice`), after re-reading it. */
  cancelInvoice(invoiceId, options) {
    return this[invoke]('cancel_invoice', [invoiceId], options, invoice);
  }

  /** Re-read the invoice that a notification hints at, and compare it. */
  confirm(hint, options) {
    return this[invoke]('confirm', [hint], options, invoice);
  }

  /** Wait until an invoice gets somewhere, asking ever more slowly. */
  waitFor(invoiceId, options) {
    return this[invoke]('wait_for', [invoiceId], options, invoice);
  }

  /** Ask what the service tells of the account (`getInfo`). */
  getInfo(options) {
    return this[invoke]('get_info', [], options, asIs);
  }

  /** Ask for the coins that invoices can be paid in: names by code. */
  getSupportedCurrencies(options) {
    return this[invoke]('get_supported_currencies', [], options, asIs);
  }

  /** Call any method, present or future, and give its `return`. */
  call(method, params, options) {
    return this[invoke]('call', [method, params], options, asIs);
  }
}

module.exports = { Client };
