// The page of the guide to cards, as it stands there, on a shop of another origin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { close, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';

const CARD = '4242424242424242';

let browser;
let sandbox;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '16');
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
});

// The guide's page with the sandbox's address and key, under the policy that the guide names.
const guide = (language) => {
  const text = readFileSync(new URL(`../../docs/${language}/cards.md`, import.meta.url), 'utf8');
  const page = text.match(/```html\n(.*?)```/s)[1];
  assert.ok(page.includes('https://api.ipay.com/api/tokens') && page.includes('pk_live_...'));
  const body = page
    .replace('https://api.ipay.com/api/tokens', `${sandbox.ipay.base_url}/tokens`)
    .replace('pk_live_...', sandbox.ipay.publishable_key);
  return `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${body}</html>`;
};

const shopWith = async (t, language) => {
  const posts = [];
  const policy = `default-src 'none'; script-src 'unsafe-inline'; img-src data:; connect-src ${sandbox.url}`;
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const part of request) body += part;
    if (request.method === 'POST') posts.push({ path: request.url, body });
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.setHeader('content-security-policy', policy);
    answer.end(guide(language));
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { posts, url: `http://localhost:${server.address().port}` };
};

const fill = async (page, number) => {
  for (const [id, text] of Object.entries({ number, month: '12', year: '2099', cvc: '123' })) {
    await page.locator(`#${id}`).fill(text);
  }
  await page.locator('#card button').click();
};

for (const language of ['en', 'ja']) {
  test(`the page of the guide makes a token, and the shop sees no card (${language})`, async (t) => {
    const shop = await shopWith(t, language);
    const page = await open(browser);
    await page.goto(shop.url);
    await fill(page, '4242 4242 4242 4242');
    await page.waitForURL(`${shop.url}/orders/A-1001/pay`);
    const [{ path, body }] = shop.posts;
    assert.equal(path, '/orders/A-1001/pay');
    const fields = new URLSearchParams(body);
    assert.deepEqual([...fields.keys()], ['token']);
    assert.ok(!body.includes(CARD) && !body.includes('4242'));
    const payment = await sandbox.chargeToken(fields.get('token'), { amount: 10800, currency: 'JPY' });
    assert.deepEqual([payment.status, payment.amount], ['succeeded', 10800]);
    await close(page);
  });

  test(`a refused card stays on the page of the guide (${language})`, async (t) => {
    const shop = await shopWith(t, language);
    const page = await open(browser, { expected: [/status of 400/] });
    await page.goto(shop.url);
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await fill(page, '4242424242424241');
    assert.equal((await answered).status(), 400);
    assert.deepEqual(shop.posts, []);
    assert.equal(await page.locator('#number').inputValue(), '4242424242424241');
    await close(page);
  });
}
