// A payment as a buyer goes through it, and what must not happen on the way.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { close, launch, open, violations } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';

let browser;
let sandbox;
let shop;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '12');
  await sandbox.freeze();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
  shop?.server.closeAllConnections();
  shop?.server.close();
});

// A shop of another origin: its thanks, its front door, and a page that frames a payment.
const openShop = async () => {
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url, 'http://shop');
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    const body = pathname === '/frame'
      ? `<h1>店舗</h1><iframe id="zaif_ec_iframe" title="お支払い" width="500" height="1400" src="${searchParams.get('of')}" allow="clipboard-write"></iframe>`
      : `<h1>${pathname}</h1>`;
    answer.end(`<!DOCTYPE html><html lang="ja"><title>店舗</title><link rel="icon" href="data:,"><main>${body}</main></html>`);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return { server, url: `http://localhost:${server.address().port}` };
};

const visit = async (parameters = {}, { lang = 'en', kind = 'form', ...options } = {}) => {
  const invoice = await sandbox.create(parameters);
  const page = await open(browser, options);
  page.invoice = invoice;
  await page.goto(`${sandbox.url}/invoice/${kind}/${invoice.invoiceId}?lang=${lang}`);
  return page;
};
const state = (page, name) => page.locator(`#page[data-state=${name}]`).waitFor();
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const heard = (page) => page.locator('#hear').innerText();

test('pays part, then the rest, is confirmed, settled and led back to the shop', async () => {
  const page = await visit({ redirectUri: `${shop.url}/thanks` });
  await press(page, 'Pay half');
  await state(page, 'short');
  assert.equal(await heard(page), '0.179928 BTC short. Send the rest to the same address');
  assert.equal(await page.locator('#to-send').innerText(), '0.179928');
  assert.match(await page.locator('#wallet').getAttribute('href'), /\?amount=0\.179928$/);
  assert.equal(await page.locator('#received').innerText(), '0.179928 BTC');
  await press(page, 'Pay all that is due');
  await state(page, 'paid');
  assert.equal(await page.locator('h1').evaluate((it) => it === document.activeElement), false, 'the button was kept');
  await page.locator('#returning', { hasText: 'Returning to the shop in' }).waitFor();
  await press(page, 'Mine 1 block');
  await state(page, 'confirmed');
  await press(page, 'Mine until complete');
  await state(page, 'complete');
  await page.waitForURL(`${shop.url}/thanks`);
  await close(page);
});

test('stays when asked to, and can still go', async () => {
  const page = await visit({ redirectUri: `${shop.url}/thanks` });
  await sandbox.pay(page.invoice.invoiceId);
  await state(page, 'paid');
  await press(page, 'Stay on this page');
  assert.equal(await page.locator('#returning').innerText(), 'Staying on this page');
  assert.deepEqual(await violations(page), []);
  await page.clock.install();
  await sandbox.mine(3);
  await state(page, 'complete');
  await page.clock.runFor(20_000);
  assert.ok(page.url().startsWith(sandbox.url));
  await page.getByRole('link', { name: 'Return to the shop' }).click();
  await page.waitForURL(`${shop.url}/thanks`);
  await close(page);
});

test('what failed leads to the front door, never to the thanks, and never by itself', async () => {
  const page = await visit({ redirectUri: `${shop.url}/thanks` });
  for (const [act, name] of [[() => sandbox.advance(600), 'expired'], [() => sandbox.pay(page.invoice.invoiceId), 'invalid']]) {
    await act();
    await state(page, name);
    assert.equal(await page.locator('#return').isVisible(), false);
    assert.equal(await page.locator('#stay').isVisible(), false);
    assert.equal(await page.locator('#shop').getAttribute('href'), `${shop.url}/`);
  }
  await close(page);
});

test('addresses that are not safe lead nowhere', async () => {
  for (const redirectUri of ['javascript:alert(1)', 'http://shop.test/thanks', 'data:text/html,x']) {
    let page;
    try {
      page = await visit({ redirectUri });
    } catch (error) {
      assert.match(String(error), /invalid parameter/);
      continue;
    }
    await sandbox.pay(page.invoice.invoiceId);
    await state(page, 'paid');
    assert.equal(await page.locator('#return, #shop').count(), 0, redirectUri);
    await close(page);
  }
});

test('time runs on the page, and the end is asked of the server', async () => {
  await sandbox.control('clock', { freeze: false });
  const page = await open(browser);
  await page.clock.install();
  const { invoiceId } = await sandbox.create();
  await page.goto(`${sandbox.url}/invoice/form/${invoiceId}?lang=en`);
  await state(page, 'new');
  await page.clock.runFor(300_500);
  assert.match(await heard(page), /^(5 min 0 s|4 min 59 s) left$/);
  assert.match(await page.locator('#timer').innerText(), /^4 min 59 s left$|^5 min 0 s left$|^4 min 58 s left$/);
  assert.equal(await page.locator('#timer').getAttribute('aria-live'), 'off');
  await sandbox.advance(485);
  await state(page, 'expiring');
  assert.equal(await heard(page), 'Expiring soon. If you have sent it, please wait');
  await sandbox.advance(120);
  await state(page, 'expired');
  assert.equal(await heard(page), 'Expired. Do not send');
  await close(page);
  await sandbox.freeze();
});

test('at most six sentences are spoken, and the last of them is the end', async () => {
  const page = await visit();
  await page.evaluate(() => {
    window.heard = [];
    new MutationObserver(() => window.heard.push(document.getElementById('hear').textContent))
      .observe(document.getElementById('hear'), { childList: true });
  });
  await sandbox.advance(500);
  await state(page, 'expiring');
  await sandbox.pay(page.invoice.invoiceId, '0.1');
  await state(page, 'short');
  await sandbox.pay(page.invoice.invoiceId, '0.5');
  await state(page, 'paid');
  for (let block = 1; block <= 2; block += 1) {
    await sandbox.mine(1);
    await page.locator('h1', { hasText: `(${block} of 3)` }).waitFor();
  }
  await sandbox.mine(1);
  await state(page, 'over');
  const spoken = await page.evaluate('heard');
  assert.deepEqual(spoken, [
    'Expiring soon. If you have sent it, please wait',
    '0.259856 BTC short. Send the rest to the same address',
    'Payment seen. Awaiting confirmation, not final yet',
    'Confirming (1 of 3)',
    'You paid too much. Contact the shop',
  ]);
  await close(page);
});

test('copies by keyboard alone', async () => {
  const page = await visit({}, { permissions: ['clipboard-read', 'clipboard-write'] });
  const reach = async (name) => {
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      if (focused === name) return;
    }
    assert.fail(`${name} is not reached`);
  };
  await reach('Copy amount');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '0.359856');
  await reach('Copy address');
  await page.keyboard.press('Space');
  await page.locator('[data-copy=address].done').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.invoice.address);
  await page.getByRole('button', { name: 'Copy address' }).waitFor();
  await close(page);
});

test('whoever held a button that is gone is led to the news', async () => {
  const page = await visit();
  await page.locator('[data-copy=address]').focus();
  await sandbox.pay(page.invoice.invoiceId);
  await state(page, 'paid');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'headline');
  await close(page);
});

test('works without script: the same page, renewed every ten seconds', async () => {
  const page = await visit({}, { javaScriptEnabled: false, lang: 'ja' });
  assert.equal(await page.locator('#qr').isVisible(), true);
  assert.equal(await page.locator('noscript, meta[http-equiv=refresh]').count() > 0, true);
  assert.equal(await page.locator('.copy:visible').count(), 0);
  await press(page, '半額を支払う');
  await page.getByRole('heading', { name: /不足しています/ }).waitFor();
  await press(page, '全額を支払う');
  await press(page, '完了まで採掘');
  await page.getByRole('heading', { name: 'お支払いが完了しました' }).waitFor();
  assert.ok(page.url().endsWith('?lang=ja'));
  await close(page);
});

test('is renewed by questions where events do not get through', async () => {
  const invoice = await sandbox.create();
  const page = await open(browser);
  await page.addInitScript(() => { delete window.EventSource; });
  await page.clock.install();
  const asked = [];
  page.on('request', (request) => { if (request.url().includes('/invoice/status/')) asked.push(Date.now()); });
  await page.goto(`${sandbox.url}/invoice/form/${invoice.invoiceId}?lang=en`);
  const answered = () => page.waitForResponse(/\/invoice\/status\//);
  for (const pause of [2000, 3000]) {
    const answer = answered();
    await page.clock.runFor(pause);
    await answer;
    // The next question is put off once this answer was read.
    await page.evaluate(() => new Promise((resolve) => { queueMicrotask(resolve); }));
  }
  await sandbox.pay(invoice.invoiceId);
  await page.clock.resume();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await state(page, 'paid');
  assert.ok(asked.length >= 3);
  await close(page);
});

test('comes back by itself after the sandbox was away, and sees a reset', async () => {
  const own = await Sandbox.start();
  const invoice = await own.create();
  const page = await open(browser, { expected: [/ERR_CONNECTION|ERR_INCOMPLETE|404/] });
  await page.goto(`${own.url}/invoice/form/${invoice.invoiceId}?lang=en`);
  await state(page, 'new');
  await own.control('reset');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('heading', { name: 'Invoice not found' }).waitFor();
  own.stop();
  await close(page);
});

test('in a frame of another origin: pays, copies, opens the wallet and the shop outside', async () => {
  const invoice = await sandbox.create({ redirectUri: `${shop.url}/thanks` });
  const page = await open(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  const frameOf = (kind) => `${sandbox.url}/invoice/${kind}/${invoice.invoiceId}?lang=ja`;
  await page.goto(`${shop.url}/frame?of=${encodeURIComponent(frameOf('iframe'))}`);
  const frame = page.frameLocator('#zaif_ec_iframe');
  await frame.locator('#page[data-state=new]').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.equal(await frame.locator('#wallet').getAttribute('target'), '_top');
  await frame.getByRole('button', { name: 'アドレスをコピー' }).click();
  await frame.locator('[data-copy=address].done').waitFor();
  await sandbox.pay(invoice.invoiceId);
  await frame.locator('#page[data-state=paid]').waitFor();
  // Somebody touched the frame, so it may lead the whole window away.
  await page.waitForURL(`${shop.url}/thanks`);
  await close(page);
});

test('an untouched frame offers the way instead of taking it', async () => {
  const invoice = await sandbox.create({ redirectUri: `${shop.url}/thanks` });
  const page = await open(browser);
  const address = `${sandbox.url}/invoice/iframe/${invoice.invoiceId}?lang=ja`;
  await page.goto(`${shop.url}/frame?of=${encodeURIComponent(address)}`);
  const frame = page.frameLocator('#zaif_ec_iframe');
  await sandbox.pay(invoice.invoiceId);
  await frame.locator('#page[data-state=paid]').waitFor();
  assert.equal(await frame.locator('#stay').isVisible(), false);
  await frame.getByRole('link', { name: '店舗のページへ戻る' }).click();
  await page.waitForURL(`${shop.url}/thanks`);
  await close(page);
});

test('the whole-page form refuses to be framed', async () => {
  const invoice = await sandbox.create();
  const page = await open(browser, { expected: [/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/] });
  const address = `${sandbox.url}/invoice/form/${invoice.invoiceId}`;
  await page.goto(`${shop.url}/frame?of=${encodeURIComponent(address)}`);
  assert.equal(await page.frameLocator('#zaif_ec_iframe').locator('#page').count(), 0);
  await close(page);
});

test('at 200 % text nothing is cut off sideways', async () => {
  const page = await visit({}, { viewport: { width: 640, height: 900 }, lang: 'ja' });
  const height = () => page.locator('h1').evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  const before = await height();
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  assert.equal(await height(), 2 * before);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await close(page);
});
