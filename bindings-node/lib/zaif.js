'use strict';

// Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin.

const { Client } = require('./zaif-client.js');
const { Hint } = require('./hint.js');
const { PaymentUri } = require('./payment-uri.js');
const { Webhooks } = require('./webhooks.js');
const models = require('./zaif-models.js');

module.exports = { Client, Hint, PaymentUri, Webhooks, ...models };
