// Every method, over the sandbox.

import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { InputError, InvalidRequestError, KessaiError, zaif } from 'kessai';
import { aSandbox, anOrder, clientOf, rejection, slow } from './support.mjs';

const held = aSandbox();

async function settled({ sandbox }, invoice) {
  await sandbox.pay(invoice.invoiceId);
  await sandbox.mine(invoice.currency, 3);
}

test('an invoice is made, paid, confirmed and settled', async (t) => {
  const client = clientOf(t, held);
  const order = anOrder({ itemName: '茶碗', subTotal: 10_000n, tax: 800 });
  const made = await client.createInvoice(order);
  assert.ok(made instanceof zaif.Invoice);
  assert.equal(made.amount, 10_800);
  assert.equal(made.coinAmount, '0.359856');
  assert.equal(made.adopted, false);
  assert.equal(made.isSettled, null);

  await settled(held, made);
  const { orderNumber, amount } = order;
  const hint = zaif.Hint.about(made.invoiceId);
  const confirmed = await client.confirm(hint, { orderNumber, amount });
  assert.equal(confirmed.isSettled, true);
  assert.equal(confirmed.status, zaif.Status.COMPLETE);
  const again = await client.confirm(String(hint), { orderNumber, amount, currency: 'btc' });
  assert.deepEqual(again, confirmed);
  const wrong = client.confirm(hint, { orderNumber, amount: 1 });
  assert.equal((await rejection(wrong)).code, 'zaif.mismatch');
});

test('an order keeps its one invoice', async (t) => {
  const client = clientOf(t, held);
  const order = anOrder();
  const first = await client.ensureInvoice(order, { minLeft: 60_000 });
  const second = await client.ensureInvoice(order);
  assert.equal(second.invoiceId, first.invoiceId);
  assert.equal(second.adopted, true);
});

test('lists can be awaited and walked through', async (t) => {
  const client = clientOf(t, held);
  const order = anOrder();
  const made = [await client.createInvoice(order), await client.createInvoice(order)];
  // Of one second, so in no order.
  const ids = made.map((invoice) => invoice.invoiceId).sort();
  assert.deepEqual((await client.findInvoiceIds(order.orderNumber)).sort(), ids);
  const found = [];
  for await (const invoice of client.findInvoices(order.orderNumber)) found.push(invoice.invoiceId);
  assert.deepEqual(found.sort(), ids);
  assert.deepEqual(await client.findInvoices('N-none'), []);
  const walk = async () => {
    for await (const id of client.findInvoiceIds('\n')) assert.fail(id);
  };
  assert.equal((await rejection(walk())).param, 'orderNumber');
});

test('an invoice is read and taken back', async (t) => {
  const client = clientOf(t, held);
  const made = await client.createInvoice(anOrder());
  assert.equal((await client.getInvoice(made.invoiceId)).status, 'new');
  const canceled = await client.cancelInvoice(made.invoiceId, { evenIfMoneySeen: false });
  assert.equal(canceled.status, zaif.Status.CANCELED);
  const none = await rejection(client.getInvoice('d7dd735c-1650-11e5-b412-4437e6999eec'));
  assert.ok(none instanceof InvalidRequestError);
  assert.equal(none.param, 'invoiceId');
});

test('a handle tells what became of a create', async (t) => {
  const client = clientOf(t, held, { settle: 100 });
  const order = anOrder();
  const handle = await client.resumeHandle(order);
  assert.equal(typeof handle, 'string');
  const before = await client.resume(handle, { timeout: 10_000 });
  assert.deepEqual(before, { outcome: 'not_done' });
  const made = await client.createInvoice(order);
  const after = await client.resume(handle, { timeout: 10_000 });
  assert.equal(after.outcome, 'done');
  assert.ok(after.invoice instanceof zaif.Invoice);
  assert.equal(after.invoice.invoiceId, made.invoiceId);
  assert.deepEqual(after.others, []);
});

test('a wait ends when it is settled, or when its time is over', async (t) => {
  const client = clientOf(t, held);
  const made = await client.createInvoice(anOrder());
  const early = await rejection(client.waitFor(made.invoiceId, { timeout: 50 }));
  assert.equal(early.code, 'zaif.still_waiting');
  await settled(held, made);
  const done = await client.waitFor(made.invoiceId, { until: zaif.Until.SETTLED, timeout: 20_000 });
  assert.equal(done.isSettled, true);
});

test('what the service tells besides is there as JSON', async (t) => {
  const client = clientOf(t, held);
  assert.equal(typeof (await client.getInfo()), 'object');
  assert.deepEqual(await client.getSupportedCurrencies(), { btc: 'Bitcoin', mona: 'Monacoin' });
  const order = anOrder();
  const made = await client.call('createInvoice', { currency: 'mona', amount: 500, orderNumber: order.orderNumber });
  assert.equal(made.currency, 'mona');
  assert.equal(typeof made.mona, 'string');
  const read = await client.call('getInvoice', { invoiceId: made.invoiceId }, { timeout: 5_000 });
  assert.equal(read.invoiceId, made.invoiceId);
  assert.equal(typeof (await client.call('get_info')), 'object');
});

test('a closed client makes no call, and closing waits for those under way', async () => {
  const { sandbox } = held;
  await sandbox.faults(slow('getInvoice', 300));
  const client = new zaif.Client(sandbox.zaif);
  const made = await client.createInvoice(anOrder());
  let over = false;
  const reading = client.getInvoice(made.invoiceId).then(() => {
    over = true;
  });
  await client.close();
  assert.equal(over, true);
  await reading;
  const error = await rejection(client.getInvoice(made.invoiceId));
  assert.ok(error instanceof InputError);
  assert.equal(error.code, 'input.closed');
  assert.equal(error.outcome, 'not_done');
  await client.close();
  await sandbox.clearFaults();
});

test('a client can be disposed of', async () => {
  const client = new zaif.Client(held.sandbox.zaif);
  await client[Symbol.asyncDispose]();
  assert.equal((await rejection(client.getInfo())).code, 'input.closed');
});

test('a client is made from the environment', async (t) => {
  const { key, secret, endpoint } = held.sandbox.zaif;
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  delete process.env.ZAIF_API_KEY;
  const missing = await rejection((async () => zaif.Client.fromEnv())());
  assert.equal(missing.param, 'ZAIF_API_KEY');
  Object.assign(process.env, { ZAIF_API_KEY: key, ZAIF_API_SECRET: secret, ZAIF_ENDPOINT: endpoint });
  const client = zaif.Client.fromEnv({ timeout: 9_000 });
  t.after(() => client.close());
  assert.ok(client instanceof zaif.Client);
  assert.equal((await client.createInvoice(anOrder())).currency, 'btc');
});

test('the time limit is in milliseconds', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { timeout: 8_000 });
  await sandbox.faults(slow('getInvoice', 1_000));
  t.after(() => sandbox.clearFaults());
  const began = performance.now();
  const error = await rejection(client.getInvoice('a-1', { timeout: 200 }));
  assert.ok(error instanceof KessaiError);
  assert.equal(error.kind, 'timeout');
  const took = performance.now() - began;
  assert.ok(took >= 50 && took < 900, `${took} ms`);
});

test('no more threads than allowed, and who waits too long is told', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { threads: 2, window: 64 });
  await sandbox.faults(slow('getInvoice', 100));
  t.after(() => sandbox.clearFaults());
  const made = await client.createInvoice(anOrder());
  const all = Array.from({ length: 60 }, () => client.getInvoice(made.invoiceId, { timeout: 900 }));
  const ends = await Promise.allSettled(all);
  const done = ends.filter((end) => end.status === 'fulfilled').length;
  assert.ok(done >= 1 && done <= 20, `${done} were done`);
  for (const { reason } of ends.filter((end) => end.status === 'rejected')) {
    assert.equal(reason.kind, 'timeout');
  }
});

test('a call stays in the context that it was made in', async (t) => {
  const client = clientOf(t, held);
  const request = new AsyncLocalStorage();
  const serve = (id) =>
    request.run(id, async () => {
      const made = await client.createInvoice(anOrder());
      await client.getInvoice(made.invoiceId);
      return request.getStore();
    });
  assert.deepEqual(await Promise.all([1, 2, 3].map(serve)), [1, 2, 3]);
});
