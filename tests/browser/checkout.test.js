// A customer in the shop of examples/node-checkout: from the order to the thanks, by card.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { ipay } from '../../bindings-node/index.mjs';
import { CardShop } from '../../examples/node-checkout/cards.mjs';
import { Pages } from '../../examples/node-checkout/pages.mjs';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';

const [PAYS, ASKS, DECLINED] = ['4242424242424242', '4000002500003155', '4000000000009995'];
let browser;
let sandbox;
let client;
let shop;
let pages;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '16');
  const { base_url: baseUrl, key, secret, publishable_key: publishable, webhook_secret: signs } = sandbox.ipay;
  client = new ipay.Client({ key, secret, baseUrl });
  shop = new CardShop(client, new ipay.Webhooks(signs));
  pages = new Pages(shop, `${sandbox.url}/ipay/card`, publishable);
  await pages.open();
  await sandbox.control('ipay/webhook_endpoints', { url: `${pages.url}/hooks/ipay` });
});
after(async () => {
  await browser?.close();
  pages?.close();
  await client?.close();
  sandbox?.stop();
});

const PATIENCE_MS = 10_000;
let orders = 0;
const enter = async () => {
  orders += 1;
  const order = shop.order(`A-300${orders}`, 10_800);
  const page = await open(browser, { locale: 'en' });
  await page.goto(pages.address(order));
  await heading(page, 'Your order');
  return { order, page };
};
const heading = (page, name) => page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
// Chooses a test card where cards are entered; the page hands its token to the shop.
const pay = async (page, card, link) => {
  await page.getByRole('link', { name: link, exact: true }).click();
  await page.getByLabel('Test card', { exact: true }).selectOption(card);
  await page.getByRole('button', { name: 'Use this card' }).click();
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
// The next webhook that the shop handles; asked for before what causes it.
const told = async (order, result, act) => {
  const came = once(shop, 'webhook', { signal: AbortSignal.timeout(PATIENCE_MS) });
  await act();
  assert.deepEqual(await came, [{ order: order.number, result }]);
};
const thanks = async ({ order, page }) => {
  await heading(page, 'Thank you');
  assert.equal(page.url(), pages.address(order));
  await page.reload();
  await heading(page, 'Thank you');
  assert.deepEqual([order.shipped, order.alarms], [1, []]);
};

test('a card pays: thanks, and one parcel', async () => {
  const { order, page } = await enter();
  await inspect(page, 'shop-order');
  await told(order, 'succeeded', () => pay(page, PAYS, 'Pay by card'));
  await thanks({ order, page });
  await inspect(page, 'shop-thanks');
  await close(page);
});

test('a card is declined, another pays', async () => {
  const { order, page } = await enter();
  await told(order, 'failed', () => pay(page, DECLINED, 'Pay by card'));
  await heading(page, 'Card declined');
  await page.getByText('insufficient funds').waitFor();
  await inspect(page, 'shop-declined');
  assert.deepEqual([order.attempt, order.shipped], [2, 0]);
  await told(order, 'succeeded', () => pay(page, PAYS, 'Use another card'));
  await thanks({ order, page });
  await close(page);
});

test('the bank asks, is told yes, and leads back to thanks', async () => {
  const { order, page } = await enter();
  await pay(page, ASKS, 'Pay by card');
  await page.waitForURL(/\/ipay\/authenticate\//);
  assert.deepEqual([order.paidBy, order.shipped], [null, 0]);
  // Who leaves the bank's page is not thanked, but led there again.
  await page.goto(pages.address(order));
  await heading(page, 'Your bank asks');
  await inspect(page, 'shop-asked');
  await page.getByRole('link', { name: 'Continue at your bank' }).click();
  await told(order, 'succeeded', () => press(page, 'Authenticate'));
  await page.waitForURL(`${pages.address(order)}?payment=${order.paymentId}`);
  await heading(page, 'Thank you');
  await page.goto(pages.address(order));
  await thanks({ order, page });
  await close(page);
});

test('the bank asks, is told no, and another card pays', async () => {
  const { order, page } = await enter();
  await pay(page, ASKS, 'Pay by card');
  await told(order, 'failed', () => press(page, 'Refuse'));
  await heading(page, 'Card declined');
  assert.equal(order.shipped, 0);
  await told(order, 'succeeded', () => pay(page, PAYS, 'Use another card'));
  await thanks({ order, page });
  await close(page);
});

test('a card page that is sent twice, or from an old attempt, pays once', async () => {
  const { order, page } = await enter();
  await page.getByRole('link', { name: 'Pay by card' }).click();
  const old = page.url();
  await page.goBack();
  await told(order, 'failed', () => pay(page, DECLINED, 'Pay by card'));
  await heading(page, 'Card declined');
  await page.goto(old);
  await press(page, 'Use this card');
  await heading(page, 'Card declined');
  assert.deepEqual([order.attempt, order.paidBy], [2, null]);
  await told(order, 'succeeded', () => pay(page, PAYS, 'Use another card'));
  await heading(page, 'Thank you');
  await page.goBack();
  await press(page, 'Use this card');
  await thanks({ order, page });
  const ledger = await (await fetch(`${sandbox.url}/_sandbox/ledger`)).json();
  const made = ledger.ipay.payments.filter((it) => it.metadata.orderId === order.number);
  assert.deepEqual(made.map((it) => it.status), ['failed', 'succeeded']);
  await close(page);
});
