// The page of 3-D Secure, as the customer of a shop on another port sees it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';
import { Shop } from './lib/shop.js';

const ASKS = '4000002500003155';
let browser;
let sandbox;
let shop;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '14');
  await sandbox.freeze();
  shop = await Shop.open();
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
  shop?.close();
});

const asking = async (more = {}) => {
  const payment = await sandbox.charge(ASKS, more);
  assert.equal(payment.status, 'requires_action');
  return payment;
};
const visit = async (payment, more = {}, options = {}) => {
  const page = await open(browser, options);
  const address = new URL(payment.next_action.redirect_to_url.url);
  for (const [name, value] of Object.entries({ lang: 'en', ...more })) address.searchParams.set(name, value);
  await page.goto(address.href);
  return page;
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

for (const [name, act, status] of [['Authenticate', 'authenticates', 'succeeded'], ['Refuse', 'refuses', 'failed']]) {
  for (const javaScriptEnabled of [true, false]) {
    test(`the customer ${act} and is led back to the shop, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const payment = await asking();
      const page = await visit(payment, { return_url: `${shop.url}/thanks?order=A-1` }, { javaScriptEnabled });
      await press(page, name);
      await page.waitForURL(`${shop.url}/thanks?order=A-1&payment=${payment.id}`);
      assert.equal((await sandbox.ipayGet(`/payments/${payment.id}`)).status, status);
      const [came] = shop.requests.filter((it) => it.path.includes(payment.id));
      assert.equal(came.referer, undefined, 'the secret in the address stays here');
      await close(page);
    });
  }
}

test('without a way back the result is shown', async () => {
  const page = await visit(await asking());
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Payment complete' }).waitFor();
  assert.equal(await page.getByRole('button').count(), 0);
  await close(page);
});

test('another machine is no way back', async () => {
  const page = await visit(await asking(), { return_url: 'https://shop.test/' }, { expected: [/400/] });
  await page.getByRole('heading', { name: 'The return address cannot be used' }).waitFor();
  await close(page);
});

const looks = {
  asks: () => asking({ amount: 10800, currency: 'JPY', description: 'コーヒー豆 200g' }),
  succeeded: async () => judged(await asking(), true),
  failed: async () => judged(await asking(), false),
};
const judged = async (payment, ok) => {
  await sandbox.control(`ipay/payments/${payment.id}/authenticate`, { ok });
  return payment;
};
for (const [name, make] of Object.entries(looks)) {
  for (const lang of ['ja', 'en']) {
    test(`${name}, ${lang}`, async () => {
      const page = await visit(await make(), { lang, return_url: `${shop.url}/thanks` });
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await inspect(page, `authenticate-${name}-${lang}`);
      await close(page);
    });
  }
}
