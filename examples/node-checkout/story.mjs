// Tells how a shop takes payments: from the invoice to the settled order, then by card.
//
// `make demo` runs it with a sandbox at its side. It plays the customer, and checks every
// step: any surprise ends it with status 1.

import assert from 'node:assert/strict';
import { once } from 'node:events';

import { zaif } from 'kessai';
import { Sandbox } from 'kessai/testing';

import { tellOfCards } from './card-story.mjs';
import { Shop } from './shop.mjs';

const PATIENCE_MS = 20_000;

const sandbox = await Sandbox.attach(process.env.KESSAI_SANDBOX_URL);
const client = zaif.Client.fromEnv();
const shop = new Shop(client);
const url = await shop.open();
try {
  console.log(`A sandbox plays Zaif Payment at ${sandbox.url}`);
  console.log(`A shop receives webhooks at     ${url}`);
  await aPayment();
  await aCancel();
  await anExpiry();
  await theBooks();
} finally {
  await shop.close();
}
await tellOfCards(sandbox);

async function aPayment() {
  console.log('\n1. A customer buys a tea bowl for 10,800 yen and pays in Bitcoin');
  const invoice = await shop.checkout('A-1001', 10_800, zaif.Coin.BTC);
  describe(invoice);
  const again = await shop.checkout('A-1001', 10_800, zaif.Coin.BTC);
  assert.equal(again.invoiceId, invoice.invoiceId, 'a reload made another invoice');
  console.log('   The page is reloaded: it shows the same invoice.');

  console.log('   The customer sends the money ...');
  await expect('A-1001', 'paid', () => sandbox.pay(invoice.invoiceId));
  console.log('   ... a block is mined ...');
  await expect('A-1001', 'confirmed', () => sandbox.mine('btc', 1));
  console.log('   ... and two more.');
  await expect('A-1001', 'complete', () => sandbox.mine('btc', 2));

  const { settledAt } = await client.getInvoice(invoice.invoiceId);
  assert.equal(shop.orders.get('A-1001').shipped, 1, 'the order was not shipped once');
  const when = settledAt.toISOString().replace('T', ' ').slice(0, 19);
  console.log(`   Settled at ${when} UTC: the order is shipped, once.`);
}

async function aCancel() {
  console.log('\n2. A second order is taken back before it is paid');
  const invoice = await shop.checkout('A-1002', 5_000, zaif.Coin.MONA);
  describe(invoice);
  await expect('A-1002', 'canceled', () => client.cancelInvoice(invoice.invoiceId));
}

async function anExpiry() {
  console.log('\n3. A third is never paid');
  const invoice = await shop.checkout('A-1003', 1_980, zaif.Coin.BTC);
  describe(invoice);
  const valid = invoice.expired - invoice.created;
  console.log(`   The sandbox's clock moves ${valid + 1} seconds ahead.`);
  await expect('A-1003', 'expired', () => sandbox.advance(valid + 1));
}

/** Compares the shop's books with the sandbox's. */
async function theBooks() {
  const states = [...shop.orders].map(([number, order]) => [number, ...order.states.values()]);
  assert.deepEqual(states, [
    ['A-1001', 'complete'],
    ['A-1002', 'canceled'],
    ['A-1003', 'expired'],
  ]);
  for (const order of shop.orders.values()) assert.deepEqual(order.alarms, []);
  assert.equal((await sandbox.ledger()).invoices.length, 3);
  console.log('\nThe books agree: three invoices, one settled and shipped, one canceled, one expired.');
}

/** Says what the customer sees. */
function describe(invoice) {
  const left = invoice.expired - Math.trunc(Date.now() / 1000);
  const yen = invoice.amount.toLocaleString('en');
  console.log(`   Invoice  ${invoice.invoiceId} for order ${invoice.orderNumber}`);
  console.log(`   To pay   ${yen} yen = ${invoice.coinAmount} ${invoice.currency.toUpperCase()}`);
  console.log(`   Address  ${invoice.address}`);
  console.log(`   Time     ${Math.trunc(left / 60)} min ${left % 60} s left`);
  console.log(`   Page     ${invoice.invoiceUri}`);
}

/** Does something, and waits for the webhook that announces a status. */
async function expect(order, status, act) {
  const came = once(shop, 'webhook', { signal: AbortSignal.timeout(PATIENCE_MS) });
  await act();
  const [seen] = await came;
  assert.deepEqual(seen, { order, status });
  const { deliveries } = await sandbox.deliveries();
  const sent = deliveries.at(-1);
  const claim = JSON.parse(sent.body).status;
  console.log(`   Webhook ${sent.id} claims ${claim}; the shop re-reads with getInvoice: ${status}`);
}
