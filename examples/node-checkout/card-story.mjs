// Tells how the shop takes cards: paid, declined, asked about, and what does not fool it.

import assert from 'node:assert/strict';
import { once } from 'node:events';

import { ipay } from 'kessai';

import { CardShop } from './cards.mjs';
import { ASKS, Customer, DECLINED, PAYS } from './customer.mjs';
import { Pages } from './pages.mjs';

const PATIENCE_MS = 20_000;

/** Tells the whole story, with the account of the environment. */
export async function tellOfCards(sandbox) {
  const client = ipay.Client.fromEnv();
  const shop = new CardShop(client, new ipay.Webhooks(process.env.IPAY_WEBHOOK_SECRET));
  const pages = new Pages(shop, `${sandbox.url}/ipay/card`, process.env.IPAY_PUBLISHABLE_KEY);
  await pages.open();
  try {
    await sandbox.control('ipay/webhook_endpoints', { url: `${pages.url}/hooks/ipay` });
    console.log('\nCards: the same sandbox plays iPay');
    await aCard(shop, pages);
    await aDecline(shop, pages);
    await aQuestion(shop, pages);
    await aRefusal(shop, pages);
    await theTricks(shop, client, sandbox);
    await theBooks(shop, sandbox);
  } finally {
    pages.close();
    await client.close();
  }
}

async function aCard(shop, pages) {
  console.log('\n4. A customer pays 10,800 yen by card');
  const order = shop.order('A-2001', 10_800);
  const customer = await enters(pages, order);
  await expect(shop, order, 'succeeded', () => customer.enter(PAYS));
  assert.equal(customer.title, 'Thank you');
  console.log(`   The card page gives the shop a token; the shop's page says: ${customer.title}`);
  assert.equal(order.shipped, 1);
  console.log('   A signed webhook says so too, and the payment reads as succeeded: shipped, once.');
}

async function aDecline(shop, pages) {
  console.log("\n5. Another customer's card is declined");
  const order = shop.order('A-2002', 5_000);
  const customer = await enters(pages, order);
  await expect(shop, order, 'failed', () => customer.enter(DECLINED));
  assert.equal(customer.title, 'Card declined');
  console.log(`   The shop's page says: ${customer.text}`);
  assert.deepEqual([order.attempt, order.shipped], [2, 0]);
  await expect(shop, order, 'succeeded', () => customer.enter(PAYS));
  assert.equal(customer.title, 'Thank you');
  assert.equal(order.shipped, 1);
  console.log('   Another card is a second attempt, with a key of its own: paid and shipped, once.');
}

async function aQuestion(shop, pages) {
  console.log("\n6. A third customer's bank asks who it is (3-D Secure)");
  const order = shop.order('A-2003', 1_980);
  const customer = await enters(pages, order);
  await customer.enter(ASKS);
  assert.match(customer.url.pathname, /^\/ipay\/authenticate\//);
  assert.deepEqual([order.paidBy, order.shipped], [null, 0], 'what needs action was taken for paid');
  console.log('   The payment needs action. It is not paid, nothing is shipped: off to the bank.');
  await expect(shop, order, 'succeeded', () => customer.authenticate(true));
  assert.equal(customer.title, 'Thank you');
  assert.equal(order.shipped, 1);
  console.log('   Back from the bank, the shop reads the payment again: paid and shipped, once.');
}

async function aRefusal(shop, pages) {
  console.log('\n7. A fourth says no to the bank');
  const order = shop.order('A-2004', 3_300);
  const customer = await enters(pages, order);
  await customer.enter(ASKS);
  await expect(shop, order, 'failed', () => customer.authenticate(false));
  assert.equal(customer.title, 'Card declined');
  assert.deepEqual([order.attempt, order.shipped], [2, 0]);
  console.log(`   The shop's page says: ${customer.text}`);
}

/** Tries what a shop must not fall for. */
async function theTricks(shop, client, sandbox) {
  console.log('\n8. What does not fool the shop');
  const { deliveries } = await sandbox.deliveries();
  const genuine = deliveries.find(({ kind, body }) => kind === 'event' && body.includes('"status":"succeeded"'));
  const signature = Object.fromEntries(genuine.headers)['ipay-signature'];
  const forged = Buffer.from(genuine.body.replace('10800', '10801'));
  assert.equal(await shop.webhook(forged, signature), 401);
  console.log('   A forged webhook: 401.');
  const counted = [];
  shop.once('webhook', (told) => counted.push(told));
  assert.equal(await shop.webhook(Buffer.from(genuine.body), signature), 200);
  shop.removeAllListeners('webhook');
  assert.deepEqual([shop.orders.get('A-2001').shipped, counted], [1, []]);
  console.log('   A true one that comes again: counted once.');

  const order = shop.orders.get('A-2004');
  const page = ipay.PublishableClient.fromEnv();
  const { id: token } = await page.createToken({ number: PAYS, expMonth: 12, expYear: 2099, cvc: '123' });
  await page.close();
  const { id: paymentMethod } = await client.createPaymentMethod({ type: 'card', token });
  const metadata = { orderId: order.number };
  const cheap = { amount: 1, currency: 'JPY', paymentMethod, confirm: true, metadata };
  await expect(shop, order, 'mismatch', () => client.createPayment(cheap));
  assert.deepEqual([order.shipped, order.alarms.length], [0, 1]);
  console.log('   One yen paid for an order of 3,300: an alarm, and nothing is shipped.');
}

/** Compares the shop's books with the sandbox's. */
async function theBooks(shop, sandbox) {
  const { payments } = (await sandbox.ledger()).ipay;
  const paid = payments
    .filter(({ status, amount }) => status === 'succeeded' && amount !== 1)
    .map(({ id, amount, metadata }) => [metadata.orderId, id, amount]);
  const booked = [...shop.orders.values()]
    .filter(({ shipped }) => shipped === 1)
    .map(({ number, paidBy, yen }) => [number, paidBy, yen]);
  assert.deepEqual(booked, paid);
  assert.deepEqual(booked.map(([number]) => number), ['A-2001', 'A-2002', 'A-2003']);
  console.log('\nThe books agree: four orders, three paid and shipped, one still to be paid.');
}

/** A customer who looks at the page of an order. */
async function enters(pages, order) {
  const customer = new Customer();
  await customer.visit(pages.address(order));
  return customer;
}

/** Does something, and waits for the webhook of a payment, and for what the shop then read. */
async function expect(shop, { number }, result, act) {
  const came = once(shop, 'webhook', { signal: AbortSignal.timeout(PATIENCE_MS) });
  await act();
  const [told] = await came;
  assert.deepEqual(told, { order: number, result });
}
