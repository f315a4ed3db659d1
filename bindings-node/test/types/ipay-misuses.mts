// What nobody should write with iPay: each line must be an error.

import { ipay, minorUnits } from 'kessai';

declare const client: ipay.Client;
declare const payment: ipay.Payment;
declare const needsAction: ipay.NeedsAction;
declare const any: ipay.AnyPayment;
declare const event: ipay.Event;
declare function ship(paid: ipay.Succeeded): void;

// @ts-expect-error a payment need not be paid
ship(payment);
// @ts-expect-error the customer must do something first
ship(needsAction);
// @ts-expect-error it may be any of them
ship(any);
// @ts-expect-error what a call gives need not be paid
ship(await client.createPayment({ amount: 1, currency: 'JPY' }));
// @ts-expect-error one that looks like it is none
ship({ ...payment, result: 'succeeded' });
// @ts-expect-error only one that needs an action certainly has it
payment.clientSecret.length;
// @ts-expect-error a result that there is not
payment.result === 'paid';
if (payment.result !== 'needs_action') {
  // @ts-expect-error one that failed is among the rest
  ship(payment);
}
// @ts-expect-error a payment never changes
payment.status = 'succeeded';
// @ts-expect-error there is no currency that goes without saying
client.createPayment({ amount: 1 });
// @ts-expect-error an amount is whole
client.createPayment({ amount: '29.99', currency: 'USD' });
// @ts-expect-error names are spelled as in JavaScript
client.createPayment({ amount: 1, currency: 'JPY', idempotency_key: 'k' });
// @ts-expect-error the number of a card never passes through the shop's server
client.createPaymentMethod({ type: 'card', number: '4242424242424242' });
// @ts-expect-error only the other client makes tokens
client.createToken({ number: '4242', expMonth: 1, expYear: 2030, cvc: '1' });
// @ts-expect-error a client for a page does nothing else
new ipay.PublishableClient({ publishableKey: 'pk_test_1' }).createPayment;
// @ts-expect-error it needs its key
new ipay.PublishableClient({});
// @ts-expect-error a token is text
new ipay.Client({ tokenSource: () => 5 });
// @ts-expect-error the key comes from the environment
ipay.Client.fromEnv({ key: 'live_k' });
// @ts-expect-error what JSON cannot hold
client.request('POST', '/x', { at: new Date() });
// @ts-expect-error a list is walked through, not waited for
(await client.listPayments()).items;
// @ts-expect-error what is expected must be told
client.confirm(event);
// @ts-expect-error an event is what was verified
client.confirm({ type: 'payment.succeeded' }, { orderId: 'A', amount: 1, currency: 'JPY' });
// @ts-expect-error an event of any type need not be about a payment
event.payment.id;
// @ts-expect-error a body is the raw one
new ipay.Webhooks('whsec').verify({ type: 'payment.succeeded' }, '');
// @ts-expect-error a model is made by kessai alone
new ipay.Succeeded();
// @ts-expect-error an attempt is counted
ipay.orderKey('A-1', 'payment', '1');
// @ts-expect-error a currency goes with it
minorUnits('29.99');
