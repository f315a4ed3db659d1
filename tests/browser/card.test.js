// The page where a customer enters a card: the shop gets a token, and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';
import { Shop } from './lib/shop.js';

let browser;
let sandbox;
let shop;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '15');
  await sandbox.freeze();
  shop = await Shop.open();
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
  shop?.close();
});

const visit = async (parameters = {}, options = {}) => {
  const page = await open(browser, options);
  const query = new URLSearchParams({
    publishable_key: sandbox.ipay.publishable_key, return_url: `${shop.url}/cards`, lang: 'en', ...parameters,
  });
  await page.goto(`${sandbox.url}/ipay/card?${query}`);
  return page;
};
const use = (page) => page.getByRole('button', { name: 'Use this card' }).click();
const number = (page) => page.getByLabel('Card number', { exact: true });
const wrong = (page, id) => page.locator(`#${id}-wrong`);

test('a chosen test card becomes a token at the shop, which pays', async () => {
  const page = await visit({ return_url: `${shop.url}/cards?order=A-1`, state: 'a "state" & <more>' });
  assert.equal(await number(page).inputValue(), '4242424242424242');
  await page.getByLabel('Test card', { exact: true }).selectOption('378282246310005');
  assert.equal(await page.getByLabel('Security code', { exact: true }).inputValue(), '1234');
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await use(page);
  await page.waitForURL(`${shop.url}/cards?order=A-1`);
  const came = shop.requests.at(-1);
  assert.deepEqual([came.method, came.path, came.origin], ['POST', '/cards?order=A-1', sandbox.url]);
  const fields = new URLSearchParams(came.body);
  assert.deepEqual([...fields.keys()], ['token', 'state']);
  assert.equal(fields.get('state'), 'a "state" & <more>');
  const payment = await sandbox.chargeToken(fields.get('token'), { amount: 10800, currency: 'JPY' });
  assert.equal(payment.status, 'succeeded');
  for (const text of [...asked, ...shop.requests.map((it) => JSON.stringify(it))]) {
    assert.ok(!text.includes('378282246310005'), text);
  }
  assert.ok(!JSON.stringify(await (await fetch(`${sandbox.url}/_sandbox/ledger`)).json()).includes('378282246310005'));
  await close(page);
});

test('a card is typed in and sent by keyboard alone', async () => {
  const page = await visit();
  const before = shop.requests.length;
  await page.getByLabel('Test card', { exact: true }).selectOption('');
  await page.keyboard.type('4000 0025 0000 3155');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${shop.url}/cards`);
  const token = new URLSearchParams(shop.requests[before].body).get('token');
  assert.equal((await sandbox.chargeToken(token)).status, 'requires_action');
  await close(page);
});

test('mistakes are told beside their fields, and the shop hears of none', async () => {
  const page = await visit({}, { expected: [/status of 400/] });
  const before = shop.requests.length;
  const focused = () => page.evaluate(() => document.activeElement.id);
  await number(page).fill('4242424242424241');
  await use(page);
  await wrong(page, 'number').filter({ hasText: 'This is no card number' }).waitFor();
  assert.equal(await number(page).getAttribute('aria-invalid'), 'true');
  assert.equal(await focused(), 'number');
  await number(page).fill('4111111111111111');
  await use(page);
  await wrong(page, 'number').filter({ hasText: 'none of the test cards' }).waitFor();
  await number(page).fill('4242424242424242');
  assert.equal(await page.getByLabel('Test card', { exact: true }).inputValue(), '4242424242424242');
  await page.getByLabel('Year').fill('2020');
  await use(page);
  await wrong(page, 'expiry').filter({ hasText: 'has expired' }).waitFor();
  assert.equal(await wrong(page, 'number').innerText(), '');
  assert.equal(await focused(), 'exp_year');
  await page.getByLabel('Year').fill('2099');
  await page.getByLabel('Security code', { exact: true }).fill('1');
  await use(page);
  await wrong(page, 'cvc').filter({ hasText: 'security code is wrong' }).waitFor();
  await inspect(page, 'card-wrong-en');
  assert.equal(shop.requests.length, before);
  await close(page);
});

test('a key that is not the publishable one is refused', async () => {
  for (const publishable_key of ['pk_test_other', sandbox.ipay.key]) {
    const page = await visit({ publishable_key }, { expected: [/status of 40[13]/] });
    await use(page);
    await wrong(page, 'key').filter({ hasText: 'The publishable key is wrong' }).waitFor();
    await close(page);
  }
});

test('another machine is no way back, and there has to be one', async () => {
  for (const return_url of ['https://shop.test/', 'javascript:alert(1)', '']) {
    const page = await visit({ return_url }, { expected: [/400/] });
    await page.getByRole('heading', { name: 'The return address cannot be used' }).waitFor();
    await close(page);
  }
});

test('without scripts nothing can be sent', async () => {
  const page = await visit({}, { javaScriptEnabled: false });
  await page.getByText('This page needs scripts').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Use this card' }).isDisabled());
  assert.equal(await page.locator('#entry [name]').count(), 0);
  await close(page);
});

test('a page of the shop itself may make tokens', async () => {
  const page = await open(browser);
  await page.goto(shop.url);
  const token = await page.evaluate(async ({ base_url: base, publishable_key: key }) => {
    const card = { number: '4242424242424242', exp_month: 12, exp_year: 2099, cvc: '123' };
    const answer = await fetch(`${base}/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'a-1' },
      body: JSON.stringify({ card }),
    });
    return answer.json();
  }, sandbox.ipay);
  assert.match(token.id, /^tok_/);
  await close(page);
});

for (const lang of ['ja', 'en']) {
  test(`looks, ${lang}`, async () => {
    const page = await visit({ lang });
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await inspect(page, `card-${lang}`);
    await close(page);
  });
}
