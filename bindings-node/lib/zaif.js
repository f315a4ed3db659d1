'use strict';

// Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin.

const { Client } = require('./zaif-client.js');
const { lazily } = require('./lazy.js');
const models = require('./zaif-models.js');

module.exports = lazily(
  { Client, ...models },
  {
    Hint: () => require('./hint.js'),
    PaymentUri: () => require('./payment-uri.js'),
    Webhooks: () => require('./webhooks.js'),
  },
);
