'use strict';

// What the client's methods make of what the core tells.

const { Invoice } = require('./zaif-models.js');

const asIs = (value) => value;

const invoice = (fields) => new Invoice(fields);

const invoices = (all) => all.map(invoice);

/** `{ outcome: 'done', invoice, others }`, or `{ outcome: 'not_done' }`. */
function resumed(told) {
  return told.outcome === 'done' ? { ...told, invoice: invoice(told.invoice) } : told;
}

module.exports = { asIs, invoice, invoices, resumed };
