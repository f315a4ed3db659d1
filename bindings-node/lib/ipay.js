'use strict';

// iPay: payments, refunds, customers, cards and signed webhooks. What not every program uses
// is loaded when it is asked for.

const { Client, PublishableClient } = require('./ipay-client.js');
const models = require('./ipay-models.js');
const { core } = require('./translate.js');
const native = require('./native.js');

/** The idempotency key that belongs to an order: the same in every process and language. */
function orderKey(order, purpose, attempt) {
  return core(() => native.ipayOrderKey(order, purpose, attempt));
}

module.exports = { Client, PublishableClient, ...models, orderKey };

const LATER = {
  './ipay-event.js': [
    'AnyEvent',
    'PaymentSucceeded',
    'PaymentFailed',
    'PaymentRefunded',
    'PaymentDisputed',
    'CustomerCreated',
    'CustomerSubscriptionUpdated',
    'UnknownEvent',
  ],
  './ipay-webhooks.js': ['Webhooks', 'sign'],
};

for (const [file, names] of Object.entries(LATER)) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, { enumerable: true, get: () => require(file)[name] });
  }
}
