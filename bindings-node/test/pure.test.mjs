// What needs no service and no waiting: hints, addresses, links, QR codes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { InputError, ProtocolError, Qr, RateLimitError, SignatureError, zaif } from 'kessai';
import { thrown } from './support.mjs';

const SECRET = 'sandbox-webhook-secret';
const BASE = 'https://shop.example/hooks/zaif';

test('a hint names an invoice or an order, and nothing else', () => {
  const body = Buffer.from('{"invoiceId":"d7dd735c-1650","status":"complete"}');
  const views = [body, body.toString(), new Uint8Array(body), new DataView(Uint8Array.from(body).buffer)];
  for (const given of views) {
    const hint = zaif.Hint.parse(given);
    assert.equal(hint.invoiceId, 'd7dd735c-1650');
    assert.equal(hint.orderNumber, null);
    assert.equal(String(hint), 'invoice:d7dd735c-1650');
  }
  assert.equal(zaif.Hint.parse('invoiceId=d7dd735c-1650').invoiceId, 'd7dd735c-1650');
  const order = zaif.Hint.aboutOrder('注文 1');
  assert.deepEqual([order.invoiceId, order.orderNumber], [null, '注文 1']);
  assert.deepEqual(new zaif.Hint(JSON.parse(JSON.stringify(order))), order);
  assert.ok(Object.isFrozen(order));
});

test('a bad notification is a protocol error, a bad value an input error', () => {
  for (const body of ['', 'garbage', '{}', '{"invoiceId":5}', Buffer.alloc(70_000, 'x')]) {
    const error = thrown(() => zaif.Hint.parse(body));
    assert.ok(error instanceof ProtocolError);
    assert.equal(error.code, 'zaif.bad_notification');
    assert.equal(zaif.Webhooks.status(error), 400);
  }
  for (const [param, act] of [
    ['body', () => zaif.Hint.parse({ invoiceId: 'a' })],
    ['body', () => zaif.Hint.parse()],
    ['hint', () => new zaif.Hint('paid:a')],
    ['hint', () => new zaif.Hint(5)],
    ['invoiceId', () => zaif.Hint.about('')],
    ['orderNumber', () => zaif.Hint.aboutOrder('')],
    ['orderNumber', () => zaif.Hint.aboutOrder()],
  ]) {
    const error = thrown(act);
    assert.ok(error instanceof InputError);
    assert.equal(error.param, param);
  }
});

test('an address lets its own notifications in', () => {
  const webhooks = new zaif.Webhooks(BASE, SECRET);
  const address = webhooks.address('A-1001');
  assert.ok(address.startsWith(`${BASE}/A-1001/`));
  const path = new URL(address).pathname;
  const notice = webhooks.receive(path, Buffer.from('{"invoiceId":"d7dd735c"}'));
  assert.equal(notice.orderNumber, 'A-1001');
  assert.equal(notice.hint.invoiceId, 'd7dd735c');
  assert.equal(notice.secretIndex, 0);
  assert.equal(webhooks.receive(path, '').hint.orderNumber, 'A-1001');
  const newer = new zaif.Webhooks(BASE, ['a-newer-secret-of-some-length', SECRET]);
  assert.equal(newer.receive(path, '').secretIndex, 1);
  assert.equal(zaif.Webhooks.mask(path), '/hooks/zaif/A-1001/***');
});

test('what comes without a token is turned away, and so is too much', () => {
  const webhooks = new zaif.Webhooks(BASE, [SECRET], { perOrder: 2, perProcess: 5 });
  const bad = thrown(() => webhooks.receive('/hooks/zaif/A-1/x', ''));
  assert.ok(bad instanceof SignatureError);
  assert.equal(zaif.Webhooks.status(bad), 404);
  const path = new URL(webhooks.address('A-1')).pathname;
  webhooks.receive(path, '');
  webhooks.receive(path, '');
  const much = thrown(() => webhooks.receive(path, ''));
  assert.ok(much instanceof RateLimitError);
  assert.equal(zaif.Webhooks.status(much), 503);
  for (const odd of [undefined, null, new Error('x'), 'x', { code: 5 }]) {
    assert.equal(zaif.Webhooks.status(odd), 503);
  }
});

test('what makes addresses is checked, and shows no secret', () => {
  for (const [param, ...given] of [
    ['base', 'not an address', SECRET],
    ['base', undefined, SECRET],
    ['secrets', BASE, 'short'],
    ['secrets', BASE, []],
    ['secrets', BASE, undefined],
    ['secrets', BASE, [SECRET, 5]],
    ['perOrder', BASE, SECRET, { perOrder: 0 }],
    ['perProcess', BASE, SECRET, { perProcess: 1.5 }],
    ['per_order', BASE, SECRET, { per_order: 1 }],
    ['limits', BASE, SECRET, 5],
  ]) {
    const error = thrown(() => new zaif.Webhooks(...given));
    assert.ok(error instanceof InputError);
    assert.equal(error.param, param);
  }
  const webhooks = new zaif.Webhooks(BASE, SECRET);
  assert.ok(!(inspect(webhooks, { showHidden: true, depth: 9 }) + JSON.stringify(webhooks)).includes(SECRET));
  assert.equal(thrown(() => webhooks.receive(5, '')).param, 'path');
  assert.equal(thrown(() => webhooks.receive('/x', {})).param, 'body');
});

test('a payment link is exact in both directions', () => {
  const address = '19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb';
  const made = new zaif.PaymentUri({ currency: 'btc', address, amount: '0.359856', label: '店 & co' });
  assert.equal(String(made), `bitcoin:${address}?amount=0.359856&label=%E5%BA%97%20%26%20co`);
  const read = zaif.PaymentUri.parse(String(made));
  assert.deepEqual(read, made);
  assert.equal(read.amount, '0.359856');
  assert.equal(read.scheme, 'bitcoin');
  const twice = new zaif.PaymentUri({ currency: 'mona', address, parameters: [['a', '1'], ['a', '2']] });
  assert.deepEqual(twice.parameters, [['a', '1'], ['a', '2']]);
  const named = new zaif.PaymentUri({ currency: 'mona', address, amount: 2n, parameters: { b: 'x' } });
  assert.equal(String(named), `monacoin:${address}?amount=2&b=x`);
});

test('a payment link that nobody should pay by is refused', () => {
  const address = '1abc';
  for (const [param, act] of [
    ['amount', () => new zaif.PaymentUri({ currency: 'btc', address, amount: 0.1 })],
    ['currency', () => new zaif.PaymentUri({ address })],
    ['colour', () => new zaif.PaymentUri({ currency: 'btc', address, colour: 'red' })],
    ['uri', () => zaif.PaymentUri.parse(5)],
    ['req-lock', () => zaif.PaymentUri.parse('bitcoin:1abc?req-lock=7')],
    ['invoice', () => zaif.PaymentUri.forInvoice({ store: () => '{}' })],
  ]) {
    const error = thrown(act);
    assert.ok(error instanceof InputError, `${error}`);
    assert.equal(error.param, param);
  }
});

test('the link for an invoice disagrees with nothing', () => {
  const invoice = (bip21) =>
    zaif.Invoice.restore(JSON.stringify({
      raw: JSON.stringify({
        invoiceId: 'a', created: 1, expired: 2, amount: 5, currency: 'btc', rate: 1,
        btc: '0.5', address: '1abc', BIP21: bip21,
      }),
    }));
  const link = zaif.PaymentUri.forInvoice(invoice('bitcoin:1abc?amount=0.5'));
  assert.equal(String(link), 'bitcoin:1abc?amount=0.5');
  const astray = thrown(() => zaif.PaymentUri.forInvoice(invoice('bitcoin:1def?amount=0.5')));
  assert.ok(astray instanceof ProtocolError);
  assert.equal(astray.param, 'bip21');
});

test('a QR code of any text', () => {
  const code = new Qr('bitcoin:1abc?amount=0.5');
  assert.equal(code.modules().length, code.size);
  assert.ok(code.modules().flat().some((dark) => dark === true));
  assert.match(code.toSvg(), /^<svg /);
  assert.match(code.toSvg('Pay <here>'), /Pay &lt;here&gt;/);
  assert.ok(code.toTerminal().length > 0);
  assert.equal(inspect(code), `Qr { ${code.size} modules }`);
  assert.equal(thrown(() => new Qr(5)).param, 'text');
  assert.ok(thrown(() => new Qr('x'.repeat(4_000))) instanceof InputError);
});
