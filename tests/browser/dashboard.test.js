// The dashboard as a developer uses it: every view looked at, keys, live news, copies.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';

let browser;
let sandbox;
let shop;
let orders;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '13');
  await sandbox.freeze();
  // A shop that answers its first webhook with 503, and every other with 200.
  let count = 0;
  shop = createServer((request, answer) => {
    count += 1;
    answer.writeHead(count === 1 ? 503 : 200).end();
  });
  await new Promise((resolve) => shop.listen(0, '127.0.0.1', resolve));
  orders = await someHistory();
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
  shop?.closeAllConnections();
  shop?.close();
});

const someHistory = async () => {
  const webhookUrl = `http://127.0.0.1:${shop.address().port}/webhooks/zaif`;
  const made = [];
  for (const orderNumber of ['A-1001', 'A-1002', 'A-1003', 'A-1004']) {
    made.push(await sandbox.create({ orderNumber, webhookUrl }));
  }
  await sandbox.pay(made[0].invoiceId);
  await sandbox.mine(3);
  await sandbox.pay(made[1].invoiceId, '0.2');
  await sandbox.call('cancelInvoice', { invoiceId: made[2].invoiceId });
  sandbox.nonce -= 3;
  await assert.rejects(sandbox.call('getInvoice', { invoiceId: made[0].invoiceId }), /nonce not incremented/);
  sandbox.nonce += 3;
  await sandbox.control('faults', [{ match: { method: 'cancelInvoice' }, fault: 'cut_answer', times: 1 }]);
  await assert.rejects(sandbox.call('cancelInvoice', { invoiceId: made[3].invoiceId }));
  // The first webhook was refused; it is sent again after ten seconds.
  const delivered = async () => (await (await fetch(`${sandbox.url}/_sandbox/deliveries`)).json()).deliveries;
  while ((await delivered())[0].tries.length < 1) await new Promise(setImmediate);
  await sandbox.advance(10);
  while ((await delivered())[0].state !== 'delivered') await new Promise(setImmediate);
  return made;
};

const visit = async (query = '', options = {}) => {
  const page = await open(browser, options);
  await page.goto(`${sandbox.url}/?lang=en${query}`);
  if (options.javaScriptEnabled !== false) await page.locator('#live.on').waitFor();
  return page;
};
const lines = (page) => page.locator('.lines a');

const VIEWS = {
  invoices: '&view=invoices',
  invoice: () => `&view=invoices&id=${orders[0].invoiceId}`,
  requests: '&view=requests',
  request: '&view=requests&id=1',
  deliveries: '&view=deliveries',
  delivery: '&view=deliveries&id=1',
  faults: '&view=faults',
  nothing: '&view=invoices&q=order%3Anone',
};
for (const [name, query] of Object.entries(VIEWS)) {
  for (const lang of ['ja', 'en']) {
    test(`${name}, ${lang}`, async () => {
      const page = await open(browser);
      await page.goto(`${sandbox.url}/?lang=${lang}${typeof query === 'string' ? query : query()}`);
      await page.locator('#live.on').waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await inspect(page, `dashboard-${name}-${lang}`);
      await close(page);
    });
  }
}
for (const lang of ['ja', 'en']) {
  test(`the page about the control paths, ${lang}`, async () => {
    const page = await open(browser, { javaScriptEnabled: true });
    await page.goto(`${sandbox.url}/_sandbox/?lang=${lang}`);
    await inspect(page, `control-${lang}`);
    await close(page);
  });
}

test('news appear by themselves, and do not disturb who types', async () => {
  const page = await visit('&view=requests');
  await page.locator('#q').fill('order:A');
  const before = await page.locator('.tabs a[aria-current] .count').innerText();
  await sandbox.call('getSupportedCurrencies');
  await page.waitForFunction((count) => document.querySelector('.tabs a[aria-current] .count').textContent !== count, before);
  assert.equal(await page.locator('#q').inputValue(), 'order:A');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await close(page);
});

test('a mistake appears at once', async () => {
  const page = await visit('&view=requests');
  await assert.rejects(sandbox.call('getInvoice', { nonce: '1', invoiceId: 'x' }));
  await lines(page).first().filter({ hasText: 'nonce not incremented' }).waitFor();
  await close(page);
});

test('keys: / j k Enter Esc c r ?', async () => {
  const page = await visit('&view=deliveries', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.type('order:A-1001');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=order/);
  await page.keyboard.press('Escape');
  const ids = await lines(page).evaluateAll((all) => all.map((it) => it.id));
  assert.ok(ids.length >= 2 && ids.length < 8, `${ids}`);
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('j');
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press('j');
  assert.equal(await focused(), ids[1]);
  await page.keyboard.press('k');
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press('Enter');
  await page.locator('#detail').waitFor();
  const count = await page.locator('.tabs a[aria-current] .count').innerText();
  await page.keyboard.press('r');
  await page.locator('.tabs a[aria-current] .count').filter({ hasText: String(Number(count) + 1) }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#detail').waitFor({ state: 'detached' });

  await page.goto(`${sandbox.url}/?lang=en&view=requests&id=1`);
  await page.locator('#copy-curl').waitFor();
  await page.keyboard.press('c');
  await page.locator('#copy-curl', { hasText: 'Copied' }).waitFor();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(command.startsWith(`curl -sS ${sandbox.zaif.endpoint}`), command);
  await close(page);
});

test('copies hold variables, never credentials', async () => {
  const page = await visit('&view=requests&id=1', { permissions: ['clipboard-read', 'clipboard-write'] });
  for (const form of ['curl', 'python', 'node']) {
    await page.locator(`#copy-${form}`).click();
    await page.locator(`#copy-${form}`, { hasText: 'Copied' }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(text.includes('ZAIF_KEY') && text.includes('ZAIF_SHA1SECRET'), text);
    assert.ok(!text.includes(sandbox.zaif.key) && !text.includes(sandbox.zaif.secret));
  }
  await close(page);
});

test('the state of the view is in its address, back and forth', async () => {
  const page = await visit('&view=invoices');
  await lines(page).last().click();
  await page.locator('#detail').waitFor();
  const address = page.url();
  await page.getByRole('link', { name: /^Requests/ }).first().click();
  await page.waitForURL(/view=requests/);
  await page.goBack();
  await page.locator('#detail').waitFor();
  assert.equal(page.url(), address);
  await page.goBack();
  await page.locator('#detail').waitFor({ state: 'detached' });
  await close(page);
});

test('a snapshot is saved, and goes back', async () => {
  const page = await visit('&view=faults');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save a snapshot' }).click()]);
  const saved = await download.path();
  const kept = JSON.parse(await readFile(saved, 'utf8'));
  assert.equal(kept.kessai_sandbox, 1);
  const before = await page.locator('.tabs .count').first().innerText();
  await sandbox.create({ orderNumber: 'A-2000' });
  await page.waitForFunction((count) => document.querySelector('.tabs .count').textContent !== count, before);
  await page.locator('#restore').setInputFiles(saved);
  await page.waitForFunction((count) => document.querySelector('.tabs .count').textContent === count, before);
  await page.locator('#restore').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await page.locator('#said p', { hasText: 'kessai_sandbox' }).waitFor();
  page.complaints.splice(0, page.complaints.length, ...page.complaints.filter((it) => !it.includes('400')));
  await close(page);
});

test('scenarios, by one click', async () => {
  const page = await visit('&view=faults');
  await page.getByRole('button', { name: 'Lost answer', exact: true }).click();
  await page.locator('.rules', { hasText: 'reset_after_execute' }).waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.locator('.rules').waitFor({ state: 'detached' });
  const made = await sandbox.create({ orderNumber: 'A-3000' });
  await page.getByRole('button', { name: 'Partial payment' }).click();
  await page.waitForURL(new RegExp(made.invoiceId.replaceAll('-', '(-|%2D)')));
  await page.locator('#detail', { hasText: '0.179928 BTC' }).waitFor();
  await close(page);
});

test('after a break it reconnects and shows what it missed', async () => {
  const own = await Sandbox.start('--seed', '14');
  const page = await open(browser, { expected: [/ERR_/] });
  await page.goto(`${own.url}/?lang=en`);
  await page.locator('#live.on').waitFor();
  const { port } = new URL(own.url);
  own.stop();
  await page.locator('#live.off').waitFor();
  const again = await Sandbox.start('--seed', '14', '--listen', `127.0.0.1:${port}`);
  await again.create({ orderNumber: 'A-4000' });
  await page.locator('#live.on').waitFor({ timeout: 15_000 });
  await lines(page).filter({ hasText: 'A-4000' }).waitFor();
  again.stop();
  await close(page);
});

test('works without script', async () => {
  const page = await visit('&view=faults', { javaScriptEnabled: false });
  await page.getByRole('button', { name: '+1 min' }).click();
  await page.locator('#said p', { hasText: 'Done' }).waitFor();
  await page.getByRole('link', { name: /^Invoices/ }).click();
  await page.locator('#q').fill('order:A-1002');
  await page.getByRole('button', { name: 'Search' }).click();
  assert.equal(await lines(page).count(), 1);
  await close(page);
});
