// What nobody should write: each line must be an error.

import { AbortError, InputError, KessaiError, zaif } from 'kessai';
import { Sandbox } from 'kessai/testing';

declare const client: zaif.Client;
declare const invoice: zaif.Invoice;
declare const event: zaif.Event;

// @ts-expect-error a client needs a secret
new zaif.Client({ key: 'k' });
// @ts-expect-error options are spelled as in JavaScript
new zaif.Client({ key: 'k', secret: 's', max_retries: 3 });
// @ts-expect-error times are numbers
new zaif.Client({ key: 'k', secret: 's', timeout: '5s' });
// @ts-expect-error the key comes from the environment
zaif.Client.fromEnv({ key: 'k' });
// @ts-expect-error one invoice for an order needs its number
void client.ensureInvoice({ currency: 'btc', amount: 500 });
// @ts-expect-error an order has an amount
client.createInvoice({ currency: 'btc' });
// @ts-expect-error names are spelled as in JavaScript
client.createInvoice({ currency: 'btc', amount: 1, order_number: 'A-1' });
// @ts-expect-error an order is one argument, the options another
client.createInvoice({ currency: 'btc', amount: 1, timeout: 5 });
// @ts-expect-error one of two words
client.createInvoice({ currency: 'btc', amount: 1, notificationMethod: 'PUT' });
// @ts-expect-error only ensureInvoice has it
client.createInvoice({ currency: 'btc', amount: 1 }, { minLeft: 5 });
// @ts-expect-error yen is no string of the order's texts
client.createInvoice({ currency: 'btc', amount: 1, tax: '80' });
// @ts-expect-error what is expected must be told
client.confirm('invoice:a');
// @ts-expect-error also the amount
client.confirm('invoice:a', { orderNumber: 'A-1' });
// @ts-expect-error a closed set
client.waitFor('a', { until: 'paid' });
// @ts-expect-error an invoice is asked for by its id
client.getInvoice(5);
// @ts-expect-error nothing to walk through
for await (const one of client.getInvoice('a')) console.log(one);
// @ts-expect-error made by the client, or restored
new zaif.Invoice();
// @ts-expect-error coin amounts are no numbers
const due: number = invoice.coinAmount;
// @ts-expect-error not known is not false
const sure: boolean = invoice.isSettled;
// @ts-expect-error an amount may be text
const total: number = invoice.amount + 1;
// @ts-expect-error a closed set of causes
const why: 'short'[] = invoice.reasons(['paid']);
// @ts-expect-error only a call has a handle
console.log(event.resume);
// @ts-expect-error only a clock skew has it
console.log(event.serverTime);
// @ts-expect-error three outcomes
if (new KessaiError().outcome === 'maybe') console.log();
// @ts-expect-error a kind is its class's
const kind: 'timeout' = new InputError().kind;
// @ts-expect-error made by a call
new AbortError();
// @ts-expect-error amounts are exact
new zaif.PaymentUri({ currency: 'btc', address: 'a', amount: [] });
// @ts-expect-error a hint never says paid
console.log(zaif.Hint.parse('').status);
// @ts-expect-error the raw body, not what a framework made of it
zaif.Hint.parse({ invoiceId: 'a' });
// @ts-expect-error amounts of coins are texts
new Sandbox().pay('a', 0.1);

// @ts-expect-error it never changes
invoice.amount = 5;

const done = await client.resume('handle');
// @ts-expect-error there may be none
console.log(done.invoice);
console.log(due, sure, total, why, kind);
