'use strict';

// Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin. What not every program
// uses is loaded when it is asked for.

const { Client } = require('./zaif-client.js');
const models = require('./zaif-models.js');

module.exports = {
  Client,
  ...models,

  get Hint() {
    return require('./hint.js').Hint;
  },

  get PaymentUri() {
    return require('./payment-uri.js').PaymentUri;
  },

  get Webhooks() {
    return require('./webhooks.js').Webhooks;
  },
};
