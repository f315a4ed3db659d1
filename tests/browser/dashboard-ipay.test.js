// iPay's half of the dashboard: every view looked at, its buttons, its copies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';
import { Shop } from './lib/shop.js';

const DECLINED = '4000000000009995';
const ASKS = '4000002500003155';
let browser;
let sandbox;
let shop;
const made = {};
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '16');
  await sandbox.freeze();
  shop = await Shop.open();
  await sandbox.control('ipay/webhook_endpoints', { url: `${shop.url}/webhooks/ipay` });
  const customer = await sandbox.ipayPost('/customers', { name: '見本の購入者', email: 'buyer@shop.test', metadata: { tier: 'gold' } });
  made.customer = customer.id;
  const paid = { customer: customer.id, description: 'コーヒー豆 200g', metadata: { orderId: 'A-1001' } };
  made.paid = (await sandbox.charge('4242424242424242', paid)).id;
  const refund = await sandbox.ipayPost('/refunds', { payment: made.paid, amount: 500, reason: 'partial_ship' });
  made.refund = refund.id;
  made.asking = (await sandbox.charge(ASKS, { amount: 10800, currency: 'JPY' })).id;
  await sandbox.ipayPost('/payments', { amount: 100, currency: 'JPY' });
  const declined = await sandbox.charge(DECLINED);
  assert.equal(declined.decline_code, 'insufficient_funds');
  const { id: method } = await sandbox.ipayPost('/payment_methods', { type: 'bank_transfer', customer: customer.id });
  made.coming = (await sandbox.ipayPost('/payments', { amount: 5000, currency: 'JPY', payment_method: method, confirm: true })).id;
  await sandbox.ipayPost('/subscriptions', { customer: customer.id, payment_method: method, amount: 980, currency: 'JPY', interval: 'month' });
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
  shop?.close();
});

const visit = async (query, { lang = 'en', ...options } = {}) => {
  const page = await open(browser, options);
  await page.goto(`${sandbox.url}/?lang=${lang}${query}`);
  if (options.javaScriptEnabled !== false) await page.locator('#live.on').waitFor();
  return page;
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const status = async (id) => (await sandbox.ipayGet(`/payments/${id}`)).status;

const VIEWS = {
  payments: () => '&view=payments',
  payment: () => `&view=payments&id=${made.paid}`,
  asking: () => `&view=payments&id=${made.asking}`,
  refund: () => `&view=payments&id=${made.refund}`,
  customers: () => '&view=customers',
  customer: () => `&view=customers&id=${made.customer}`,
  request: () => '&view=requests&id=2',
  event: () => '&view=deliveries&id=2',
  cards: () => '&view=cards',
};
for (const [name, query] of Object.entries(VIEWS)) {
  for (const lang of ['ja', 'en']) {
    test(`${name}, ${lang}`, async () => {
      const page = await visit(query(), { lang });
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await inspect(page, `dashboard-ipay-${name}-${lang}`);
      await close(page);
    });
  }
}

test('a payment appears by itself and is found by its order', async () => {
  const page = await visit('&view=payments');
  await sandbox.charge('4242424242424242', { amount: 1234, metadata: { orderId: 'A-2002' } });
  await page.locator('.lines a', { hasText: '12.34 USD' }).waitFor();
  await page.locator('#q').fill('order:A-2002');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=order/);
  const line = page.locator('.lines a');
  assert.equal(await line.count(), 1);
  await line.click();
  await page.locator('#detail', { hasText: 'charge +12.34 USD' }).waitFor();
  await close(page);
});

test('the customer and the banks are played by buttons, without script too', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { id } = await sandbox.charge(ASKS);
    const page = await visit(`&view=payments&id=${id}`, { javaScriptEnabled });
    await press(page, 'Authenticate');
    await page.locator('#detail .badge', { hasText: 'succeeded' }).waitFor();
    await press(page, 'Dispute');
    await page.locator('#detail', { hasText: 'dispute −29.99 USD' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Dispute' }).count(), 0);
    await close(page);
  }
  const page = await visit(`&view=payments&id=${made.coming}`);
  await press(page, 'Money arrives');
  await page.locator('#detail .badge', { hasText: 'succeeded' }).waitFor();
  assert.equal(await status(made.coming), 'succeeded');
  await close(page);
});

test('an event is sent again', async () => {
  const page = await visit('&view=deliveries&q=event%3Apayment.succeeded');
  const before = shop.requests.length;
  await page.locator('.lines a').last().click();
  await page.locator('#act-redeliver').click();
  await page.locator('#detail', { hasText: 'redelivery' }).waitFor();
  await page.locator('#detail .badge', { hasText: 'delivered' }).waitFor();
  assert.equal(shop.requests.length, before + 1);
  await close(page);
});

test('copies hold variables, and run', async () => {
  const { ipay } = sandbox;
  const env = {
    ...process.env,
    IPAY_API_KEY: ipay.key,
    IPAY_API_SECRET: ipay.secret,
    IPAY_PUBLISHABLE_KEY: ipay.publishable_key,
    IPAY_NUMBER: '4242424242424242',
    IPAY_CVC: '123',
  };
  const RUN = { curl: ['sh', '-c'], python: ['python3', '-c'], node: [process.execPath, '--input-type=module', '-e'] };
  const BEGIN = { curl: 'curl ', python: 'import ', node: 'const ' };
  const ids = await copyable();
  for (const [route, id] of Object.entries(ids)) {
    const page = await visit(`&view=requests&id=${id}`, { permissions: ['clipboard-read', 'clipboard-write'] });
    for (const [form, [command, ...first]] of Object.entries(RUN)) {
      await page.locator(`#copy-${form}`).click();
      // What the button says may be gone again: the run before is news to the page.
      await page.waitForFunction(async (start) => (await navigator.clipboard.readText()).startsWith(start), BEGIN[form]);
      const text = await page.evaluate(() => navigator.clipboard.readText());
      for (const secret of [ipay.key, ipay.secret, ipay.publishable_key, '4242424242424242']) assert.ok(!text.includes(secret), text);
      const said = execFileSync(command, [...first, text], { env, encoding: 'utf8' });
      assert.match(said, route === 'POST /tokens' ? /"object":"token"/ : /"object":"(payment|list)"/, `${form}: ${text}`);
    }
    await close(page);
  }
});
const copyable = async () => {
  await sandbox.ipayGet('/payments?limit=1');
  const { requests } = await (await fetch(`${sandbox.url}/_sandbox/ledger`)).json();
  const wanted = ['POST /tokens', 'POST /payments', 'GET /payments'];
  return Object.fromEntries(wanted.map((route) => [route, requests.find((it) => it.method === route && it.executed).seq]));
};

test('a test card is copied', async () => {
  const page = await visit('&view=cards', { permissions: ['clipboard-read', 'clipboard-write'] });
  await press(page, 'Copy 4000000000009995');
  await page.locator('[data-copy="card-4000000000009995"]', { hasText: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '4000000000009995');
  await close(page);
});
