// What goes in: refused by name where it is wrong, and never rounded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError, zaif } from 'kessai';
import { aSandbox, anOrder, clientOf, rejection, requests, thrown } from './support.mjs';

const held = aSandbox();

test('no float is money, and no number beyond the safe ones', async (t) => {
  const client = clientOf(t, held);
  for (const amount of [1.5, 0.1, NaN, Infinity, -Infinity, 1e21, 10_800.000_001]) {
    const error = await rejection(client.createInvoice(anOrder({ amount })));
    assert.ok(error instanceof InputError);
    assert.equal(error.param, 'amount');
    assert.match(error.message, /^amount must not be a float/);
  }
  const unsafe = await rejection(client.createInvoice(anOrder({ amount: 2 ** 53 })));
  assert.match(unsafe.message, /^amount must not be a number beyond Number\.MAX_SAFE_INTEGER/);
  const tax = await rejection(client.createInvoice(anOrder({ tax: 0.5 })));
  assert.equal(tax.param, 'tax');
  const params = await rejection(client.call('getInvoice', { n: 0.5 }));
  assert.equal(params.param, 'n');
  assert.deepEqual(await requests(held.sandbox, 'createInvoice'), []);
});

test('whole numbers, bigints and decimal strings arrive as they are', async (t) => {
  const client = clientOf(t, held);
  const amounts = [10_800, 10_800n, 10_800.0, -0 + 10_800];
  for (const amount of amounts) {
    assert.equal((await client.createInvoice(anOrder({ amount }))).amount, 10_800);
  }
  const inCoin = anOrder({ currency: 'mona', billingCurrency: 'mona', amount: '2.500000' });
  const coin = await client.createInvoice(inCoin);
  assert.equal(coin.amount, '2.500000');
  assert.equal(coin.rate, null);
  const huge = await rejection(client.createInvoice(anOrder({ amount: 2n ** 200n })));
  assert.equal(huge.param, 'amount');
  const negative = await rejection(client.createInvoice(anOrder({ amount: -1n })));
  assert.equal(negative.param, 'amount');
});

test('a name that nobody knows is refused as it was written', async (t) => {
  const client = clientOf(t, held);
  for (const name of ['order_number', 'colour', 'timeout', 'signal', 'minLeft']) {
    const error = await rejection(client.createInvoice(anOrder({ [name]: 'x' })));
    assert.equal(error.code, 'input.unknown');
    assert.equal(error.param, name);
    assert.equal(error.message, `createInvoice has no argument ${name}`);
  }
  const option = await rejection(client.getInvoice('a', { even_if_money_seen: true }));
  assert.equal(option.param, 'even_if_money_seen');
  const given = thrown(() => new zaif.Client({ ...held.sandbox.zaif, ca_file: 'x' }));
  assert.equal(given.code, 'input.unknown');
  assert.equal(given.param, 'ca_file');
});

test('undefined and null are not given', async (t) => {
  const client = clientOf(t, held);
  const order = anOrder({ itemName: undefined, tax: null, colour: undefined });
  const made = await client.createInvoice(order, { timeout: undefined, signal: null });
  assert.equal(made.amount, 10_800);
  assert.equal((await client.getInvoice(made.invoiceId, null)).invoiceId, made.invoiceId);
  for (const call of [client.createInvoice(), client.createInvoice(null)]) {
    const error = await rejection(call);
    assert.equal(error.code, 'input.missing');
    assert.equal(error.param, 'currency');
  }
  assert.equal((await rejection(client.getInvoice())).param, 'invoiceId');
  assert.equal((await rejection(client.confirm())).param, 'hint');
  assert.equal((await rejection(client.confirm('invoice:a-1'))).param, 'orderNumber');
});

test('values of a wrong type are refused by name', async (t) => {
  const client = clientOf(t, held);
  for (const [param, call] of [
    ['order', () => client.createInvoice('A-1')],
    ['order', () => client.createInvoice([anOrder()])],
    ['options', () => client.createInvoice(anOrder(), 5)],
    ['itemName', () => client.createInvoice(anOrder({ itemName: {} }))],
    ['itemName', () => client.createInvoice(anOrder({ itemName: () => {} }))],
    ['itemName', () => client.createInvoice(anOrder({ itemName: Symbol('x') }))],
    ['itemName', () => client.createInvoice(anOrder({ itemName: 5 }))],
    ['itemName', () => client.createInvoice(anOrder({ itemName: ['x', 1] }))],
    ['timeout', () => client.getInvoice('a', { timeout: '5' })],
    ['timeout', () => client.getInvoice('a', { timeout: 1.5 })],
    ['timeout', () => client.getInvoice('a', { timeout: -1 })],
    ['timeout', () => client.getInvoice('a', { timeout: 0 })],
    ['timeout', () => client.getInvoice('a', { timeout: 3_600_001n })],
    ['signal', () => client.getInvoice('a', { signal: {} })],
    ['invoiceId', () => client.getInvoice(5)],
    ['until', () => client.waitFor('a', { until: 'paid' })],
    ['evenIfMoneySeen', () => client.cancelInvoice('a', { evenIfMoneySeen: 1 })],
    ['hint', () => client.confirm({}, { orderNumber: 'A-1', amount: 1 })],
    ['params', () => client.call('getInvoice', 'x')],
    ['b', () => client.call('getInvoice', { a: 'x', b: { c: 1 } })],
  ]) {
    const error = await rejection(call());
    assert.ok(error instanceof InputError, `${param}: ${error}`);
    assert.equal(error.param, param, error.message);
    assert.equal(error.outcome, 'not_done');
  }
});

test('every option is checked by name when a client is made', () => {
  for (const [param, options] of [
    ['key', { key: undefined }],
    ['key', { key: 5 }],
    ['secret', { secret: null }],
    ['secret', { secret: '' }],
    ['endpoint', { endpoint: 'http://shop.example/' }],
    ['timeout', { timeout: 0 }],
    ['timeout', { timeout: 0.5 }],
    ['settle', { settle: 600_001 }],
    ['window', { window: 0 }],
    ['maxRetries', { maxRetries: -1 }],
    ['credentialsIn', { credentialsIn: 'cookie' }],
    ['allowAnyOrderNumber', { allowAnyOrderNumber: 'yes' }],
    ['threads', { threads: 0 }],
    ['threads', { threads: 257 }],
    ['threads', { threads: '8' }],
    ['threads', { threads: 1.5 }],
    ['onEvent', { onEvent: 'log' }],
  ]) {
    const error = thrown(() => new zaif.Client({ key: 'k', secret: 's', ...options }));
    assert.ok(error instanceof InputError, `${param}: ${error}`);
    assert.equal(error.param, param);
  }
  assert.equal(thrown(() => new zaif.Client()).param, 'key');
  assert.equal(thrown(() => new zaif.Client('key')).param, 'options');
});

test('what stands on every object is no argument of ours', async (t) => {
  const client = clientOf(t, held);
  Object.prototype.proxy = 'http://127.0.0.1:1';
  Object.prototype.colour = 'red';
  t.after(() => {
    delete Object.prototype.proxy;
    delete Object.prototype.colour;
  });
  const made = await client.createInvoice(anOrder());
  assert.equal(made.amount, 10_800);
  await new zaif.Client({ ...held.sandbox.zaif }).close();
});

test('what a getter throws is the caller\'s own', async (t) => {
  const client = clientOf(t, held);
  const own = new RangeError('mine');
  const order = {
    get currency() {
      throw own;
    },
  };
  assert.equal(await rejection(client.createInvoice(order)), own);
});

test('text of any script arrives', async (t) => {
  const client = clientOf(t, held, { allowAnyOrderNumber: true });
  const order = anOrder({ orderNumber: `注文-𠮷-${process.pid}`, itemName: '🍵 茶' });
  assert.equal((await client.createInvoice(order)).orderNumber, order.orderNumber);
});

test('what a class brings along is not passed over: only plain objects are taken', async (t) => {
  const client = clientOf(t, held);
  class Order {
    currency = 'btc';
    amount = 500;
    get orderNumber() {
      return 'A-1';
    }
  }
  for (const call of [
    () => client.createInvoice(new Order()),
    () => client.getInvoice('a', new Map([['timeout', 1]])),
    () => client.call('getInvoice', new Map([['invoiceId', 'a']])),
  ]) {
    const error = await rejection(call());
    assert.equal(error.code, 'input.invalid');
    assert.match(error.message, /plain object/);
  }
  assert.throws(() => new zaif.Client(new Map([['key', 'a']])), { code: 'input.invalid' });
  const bare = Object.assign(Object.create(null), anOrder());
  assert.equal((await client.createInvoice(bare)).amount, 10_800);
});

test('half a pair of surrogates is no text', async (t) => {
  const client = clientOf(t, held, { allowAnyOrderNumber: true });
  const error = await rejection(client.findInvoices('\ud800'));
  assert.equal(error.param, 'orderNumber');
  assert.equal(zaif.Hint.aboutOrder('\ufffd').orderNumber, '\ufffd');
});

test('credentials beside those of the environment are refused, not dropped', () => {
  assert.throws(() => zaif.Client.fromEnv({ key: 'another' }), { code: 'input.unknown', param: 'key' });
});
