// Every state of the payment page, in both languages: its words, and nothing wrong
// with it at either width or in either colour scheme.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { close, inspect, launch, open } from './lib/browser.js';
import { Sandbox } from './lib/sandbox.js';

let browser;
let sandbox;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start('--seed', '11');
  await sandbox.freeze();
});
after(async () => {
  await browser?.close();
  sandbox?.stop();
});

const STATES = {
  new: { ja: 'お支払いをお待ちしています。', en: 'Waiting for payment.', bring: async () => {} },
  expiring: {
    ja: 'まもなく期限切れです。送金済みの場合はそのままお待ちください',
    en: 'Expiring soon. If you have sent it, please wait',
    bring: () => sandbox.advance(500),
  },
  short: {
    ja: '0.259856 BTC 不足しています。同じアドレスへ追加でお送りください',
    en: '0.259856 BTC short. Send the rest to the same address',
    bring: (id) => sandbox.pay(id, '0.1'),
  },
  paid: {
    ja: '送金を確認しました。承認を待っています(まだ完了ではありません)',
    en: 'Payment seen. Awaiting confirmation, not final yet',
    bring: (id) => sandbox.pay(id),
  },
  confirmed: {
    ja: '承認が進んでいます(1/3)',
    en: 'Confirming (1 of 3)',
    bring: async (id) => { await sandbox.pay(id); await sandbox.mine(1); },
  },
  complete: {
    ja: 'お支払いが完了しました',
    en: 'Payment complete',
    bring: async (id) => { await sandbox.pay(id); await sandbox.mine(3); },
  },
  over: {
    ja: '多くお支払いいただきました。店舗へご連絡ください',
    en: 'You paid too much. Contact the shop',
    bring: async (id) => { await sandbox.pay(id, '0.5'); await sandbox.mine(3); },
  },
  expired: { ja: '有効期限が切れました。送金しないでください', en: 'Expired. Do not send', bring: () => sandbox.advance(600) },
  invalid: {
    ja: '期限後または不足のため自動処理できません',
    en: 'Late or short: cannot be settled automatically',
    bring: async (id) => { await sandbox.advance(600); await sandbox.pay(id); },
  },
  canceled: {
    ja: 'お支払いは取り消されました',
    en: 'Payment canceled',
    bring: (id) => sandbox.call('cancelInvoice', { invoiceId: id }),
  },
};

for (const [state, { bring, ...words }] of Object.entries(STATES)) {
  for (const lang of ['ja', 'en']) {
    test(`${state}, ${lang}`, async () => {
      // Without an address to go to: a page that leaves cannot be looked at.
      const invoice = await sandbox.create(state === 'expired' ? { redirectUri: 'https://shop.test/thanks' } : {});
      const page = await open(browser);
      await page.goto(`${sandbox.url}/invoice/form/${invoice.invoiceId}?lang=${lang}`);
      await page.locator('#page[data-state=new]').waitFor();
      await bring(invoice.invoiceId);
      await page.locator(`#page[data-state=${state}]`).waitFor();
      assert.equal(await page.locator('h1').innerText().then((text) => text.replaceAll('\n', '')), words[lang]);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      for (const there of ['¥10,800', '0.359856 BTC', '30,012', invoice.invoiceId, '見本ショップ', lang === 'ja' ? '手数料' : 'deduct fees']) {
        assert.ok((await page.locator('body').innerText()).includes(there), there);
      }
      const asks = ['new', 'expiring', 'short'].includes(state);
      assert.equal(await page.locator('#qr').isVisible(), asks);
      await inspect(page, `payment-${state}-${lang}`, { dark: lang === 'ja' });
      if (asks) {
        const side = (await page.locator('#qr').boundingBox()).width;
        assert.ok(side >= 220, `the code is ${side} px wide`);
      }
      for (const button of await page.locator('button:visible, a.button:visible').all()) {
        assert.ok((await button.boundingBox()).height >= 44, await button.innerText());
      }
      await close(page);
    });
  }
}

for (const lang of ['ja', 'en']) {
  test(`unknown and offline, ${lang}`, async () => {
    const invoice = await sandbox.create();
    const page = await open(browser, { expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/] });
    // Questions only: a stream that is open already outlives a network that is taken away.
    await page.addInitScript(() => { delete window.EventSource; });
    await page.clock.install();
    await sandbox.control('clock', { freeze: false });
    await page.goto(`${sandbox.url}/invoice/form/${invoice.invoiceId}?lang=${lang}`);
    await page.locator('#page[data-state=new]').waitFor();
    await page.context().setOffline(true);
    await page.locator('#offline').waitFor();
    assert.equal(
      await page.locator('#offline').innerText(),
      lang === 'ja' ? '接続が切れました。再接続しています' : 'Connection lost. Reconnecting',
    );
    await inspect(page, `payment-offline-${lang}`, { dark: lang === 'ja' });
    await page.clock.runFor(601_000);
    await page.locator('#page[data-state=unknown]').waitFor();
    assert.equal(await page.locator('h1').innerText(), lang === 'ja' ? '状態を確認しています' : 'Checking the status');
    assert.equal(await page.locator('#qr').isVisible(), false);
    await inspect(page, `payment-unknown-${lang}`, { dark: lang === 'ja' });
    await page.context().setOffline(false);
    await page.clock.runFor(31_000);
    await page.locator('#page[data-state=new]').waitFor();
    assert.equal(await page.locator('#offline').isVisible(), false);
    await close(page);
    await sandbox.freeze();
  });

  test(`an unknown invoice, ${lang}`, async () => {
    const page = await open(browser, { expected: [/404/] });
    await page.goto(`${sandbox.url}/invoice/form/none?lang=${lang}`);
    assert.equal(await page.locator('h1').innerText(), lang === 'ja' ? 'インボイスが見つかりません' : 'Invoice not found');
    await inspect(page, `payment-none-${lang}`, { dark: lang === 'ja' });
    await close(page);
  });
}
