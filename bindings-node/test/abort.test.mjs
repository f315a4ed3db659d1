// AbortSignal: before, during and after a call.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { AbortError, zaif } from 'kessai';
import { aSandbox, anOrder, clientOf, fault, rejection, requests, slow, until } from './support.mjs';

const held = aSandbox();

/** Waits until a call of the method has arrived after those that had. */
async function arrives(method, before) {
  await until(async () => (await requests(held.sandbox, method)).length > before);
}

const listeners = (signal) => getEventListeners(signal, 'abort').length;

test('a call whose signal is aborted already sends nothing', async (t) => {
  const client = clientOf(t, held);
  const reason = new Error('the customer left');
  const error = await rejection(client.createInvoice(anOrder(), { signal: AbortSignal.abort(reason) }));
  assert.ok(error instanceof AbortError);
  assert.equal(error.name, 'AbortError');
  assert.equal(error.code, 'ABORT_ERR');
  assert.equal(error.cause, reason);
  assert.equal(error.outcome, 'not_done');
  assert.deepEqual(await requests(held.sandbox, 'createInvoice'), []);
});

test('a call that is held up ends within a moment', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { timeout: 60_000 });
  await sandbox.faults(fault('getInvoice', 'timeout_before_execute'));
  t.after(() => sandbox.clearFaults());
  const took = [];
  for (let round = 0; round < 5; round += 1) {
    const leave = new AbortController();
    const call = client.getInvoice('some-invoice', { signal: leave.signal });
    await arrives('getInvoice', round);
    const began = performance.now();
    leave.abort();
    const error = await rejection(call);
    took.push(performance.now() - began);
    assert.equal(error.outcome, 'not_done');
    assert.equal(error.resume, undefined);
    assert.equal(error.error, undefined);
    assert.equal(error.cause, leave.signal.reason);
    assert.equal(listeners(leave.signal), 0);
  }
  // One of them may be held up by whatever else this machine does.
  took.sort((a, b) => a - b);
  assert.ok(took[2] < 300, `${took}`);
});

test('an aborted create carries the handle that finds it again', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { settle: 1_000, timeout: 60_000 });
  const before = (await requests(sandbox, 'createInvoice')).length;
  await sandbox.faults(fault('createInvoice', 'timeout_after_execute'));
  const leave = new AbortController();
  const call = client.createInvoice(anOrder(), { signal: leave.signal });
  await arrives('createInvoice', before);
  leave.abort();
  const error = await rejection(call);
  await sandbox.clearFaults();
  assert.equal(error.outcome, 'unknown');
  assert.equal(error.result, undefined);
  assert.ok(!Object.keys(error).includes('resume'));
  const resumed = await client.resume(error.resume);
  assert.equal(resumed.outcome, 'done');
});

test('what had succeeded all the same is carried along', async (t) => {
  const client = clientOf(t, held);
  const leave = new AbortController();
  // An event of the call comes before its end: the answer is there by then, and the
  // loop has not seen it yet.
  const hearing = clientOf(t, held, {
    onEvent: ({ name }) => {
      if (name === 'call') leave.abort();
    },
  });
  const order = anOrder();
  const error = await rejection(hearing.createInvoice(order, { signal: leave.signal }));
  assert.ok(error instanceof AbortError);
  assert.equal(error.outcome, 'done');
  assert.ok(error.result instanceof zaif.Invoice);
  assert.deepEqual(await client.findInvoiceIds(order.orderNumber), [error.result.invoiceId]);
});

test('what had failed by itself is carried along', async (t) => {
  const leave = new AbortController();
  const onEvent = ({ name }) => {
    if (name === 'call') leave.abort('late');
  };
  const client = clientOf(t, held, { onEvent });
  const error = await rejection(client.getInvoice('no-such-invoice', { signal: leave.signal }));
  assert.equal(error.name, 'AbortError');
  assert.equal(error.outcome, 'not_done');
  assert.equal(error.error.code, 'zaif.invalid_parameter');
  assert.equal(error.cause, 'late');
});

test('a signal that is aborted later changes nothing, and nothing listens to it', async (t) => {
  const client = clientOf(t, held);
  const leave = new AbortController();
  const { signal } = leave;
  const made = await client.createInvoice(anOrder(), { signal });
  assert.equal(listeners(signal), 0);
  await rejection(client.getInvoice('\n', { signal }));
  await rejection(client.getInvoice('no-such-invoice', { signal }));
  assert.equal(listeners(signal), 0);
  leave.abort();
  assert.equal(made.amount, 10_800);
});

test('one that waits for a thread sends nothing', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { threads: 1, timeout: 60_000 });
  const creates = (await requests(sandbox, 'createInvoice')).length;
  const reads = (await requests(sandbox, 'getInvoice')).length;
  await sandbox.faults(fault('getInvoice', 'timeout_before_execute'));
  t.after(() => sandbox.clearFaults());
  const first = new AbortController();
  const busy = client.getInvoice('some-invoice', { signal: first.signal });
  await arrives('getInvoice', reads);
  const queued = new AbortController();
  const call = client.createInvoice(anOrder(), { signal: queued.signal });
  queued.abort();
  assert.equal((await rejection(call)).outcome, 'not_done');
  first.abort();
  await rejection(busy);
  assert.equal((await requests(sandbox, 'createInvoice')).length, creates);
});

test('a time limit as a signal', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held);
  await sandbox.faults(slow('getInvoice', 5_000));
  t.after(() => sandbox.clearFaults());
  const error = await rejection(client.getInvoice('a-1', { signal: AbortSignal.timeout(50) }));
  assert.equal(error.name, 'AbortError');
  assert.equal(error.cause.name, 'TimeoutError');
});

test('at every moment it is told the truth: never two invoices, never a lost one', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { settle: 300, window: 8, timeout: 20_000 });
  await sandbox.faults([{ match: { method: 'createInvoice' }, fault: 'latency', ms: 0, jitter_ms: 12 }]);
  t.after(() => sandbox.clearFaults());
  const outcomes = {};
  const one = async (number) => {
    const order = anOrder();
    const leave = new AbortController();
    const call = client.createInvoice(order, { signal: leave.signal });
    setTimeout(() => leave.abort(), number % 16);
    let made;
    let error;
    try {
      made = (await call).invoiceId;
    } catch (caught) {
      error = caught;
      made = error.result?.invoiceId;
    }
    const outcome = error?.outcome ?? 'none';
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (outcome === 'unknown' && error.resume) {
      const resumed = await client.resume(error.resume, { timeout: 15_000 });
      made = resumed.invoice?.invoiceId;
    }
    const ids = await client.findInvoiceIds(order.orderNumber);
    assert.deepEqual(ids, made === undefined ? [] : [made], `${outcome} after ${number % 16} ms`);
  };
  await Promise.all(Array.from({ length: 48 }, (_, number) => one(number)));
  assert.ok(Object.keys(outcomes).length >= 2, JSON.stringify(outcomes));
});

test('a resume that was stopped or never made leaves the outcome unknown', async (t) => {
  const client = clientOf(t, held, { threads: 1 });
  const handle = await client.resumeHandle(anOrder());
  const before = await rejection(client.resume(handle, { signal: AbortSignal.abort() }));
  assert.equal(before.outcome, 'unknown');
  assert.equal(before.resume, handle);

  const leave = new AbortController();
  const { signal } = leave;
  const calls = [1, 2].map(() => rejection(client.resume(handle, { signal })));
  leave.abort();
  for (const error of await Promise.all(calls)) {
    assert.equal(error.outcome, 'unknown');
    assert.equal(error.resume, handle);
  }
  await client.close();
  const closed = await rejection(client.resume(handle));
  assert.equal(closed.code, 'input.closed');
  assert.equal(closed.outcome, 'unknown');
});

test('one signal for many calls is listened to once', async (t) => {
  const client = clientOf(t, held);
  const warnings = [];
  const warned = (warning) => warnings.push(warning.name);
  process.on('warning', warned);
  t.after(() => process.off('warning', warned));
  const leave = new AbortController();
  const { signal } = leave;
  const calls = Array.from({ length: 40 }, () => client.getSupportedCurrencies({ signal }));
  assert.equal(listeners(signal), 1);
  await Promise.all(calls);
  assert.equal(listeners(signal), 0);
  const late = client.waitFor('no-such-invoice', { signal });
  leave.abort();
  assert.ok((await rejection(late)) instanceof AbortError);
  assert.deepEqual(warnings, []);
});

test('an abort out of what is handed over counts as well', async (t) => {
  const client = clientOf(t, held);
  const leave = new AbortController();
  const order = anOrder();
  Object.defineProperty(order, 'itemName', {
    enumerable: true,
    get() {
      leave.abort();
      return 'Tea bowl';
    },
  });
  const error = await rejection(client.createInvoice(order, { signal: leave.signal }));
  assert.ok(error instanceof AbortError);
});
