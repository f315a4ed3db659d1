// The hook for logs and metrics.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSandbox, anOrder, clientOf, fault, rejection, until } from './support.mjs';

const held = aSandbox();

test('every request and every call is told of, in order, before the call ends', async (t) => {
  const events = [];
  const client = clientOf(t, held, { onEvent: (event) => events.push(event) });
  const order = anOrder();
  await client.createInvoice(order);
  await client.findInvoices(order.orderNumber);
  const failed = await rejection(client.getInvoice('no-such-invoice'));
  assert.deepEqual(
    events.map(({ name, method, attempt }) => [name, method, attempt]),
    [
      ['request', 'createInvoice', 1],
      ['call', 'createInvoice', 1],
      ['request', 'getInvoiceIdsByOrderNumber', 1],
      ['request', 'getInvoice', 2],
      ['call', 'findInvoices', 2],
      ['request', 'getInvoice', 1],
      ['call', 'getInvoice', 1],
    ],
  );
  const [made, , , , , , last] = events;
  assert.equal(made.outcome, 'done');
  assert.equal(made.httpStatus, 200);
  assert.equal(typeof made.duration, 'number');
  assert.ok(made.duration < 10_000);
  assert.equal(last.code, failed.code);
  assert.equal(last.outcome, 'not_done');
});

test('a handle is told too, so that no log has to be asked twice', async (t) => {
  const { sandbox } = held;
  const events = [];
  const client = clientOf(t, held, { timeout: 300, settle: 60_000, onEvent: (e) => events.push(e) });
  await sandbox.faults(fault('createInvoice', 'execute_later', { seconds: 1, reset: true }));
  t.after(() => sandbox.clearFaults());
  const error = await rejection(client.createInvoice(anOrder()));
  const { name, resume } = events.at(-1);
  assert.deepEqual([name, resume], ['call', error.resume]);
});

test('a hook that throws is warned of, and changes nothing', async (t) => {
  const warnings = [];
  const hear = (warning) => warnings.push(warning);
  process.on('warning', hear);
  t.after(() => process.off('warning', hear));
  for (const onEvent of [
    () => {
      throw new Error('the log is full');
    },
    async () => {
      throw new Error('the log is full');
    },
    () => {
      throw null;
    },
  ]) {
    const client = clientOf(t, held, { onEvent });
    assert.equal((await client.createInvoice(anOrder())).amount, 10_800);
  }
  await until(() => warnings.length === 6);
  assert.equal(warnings[0].name, 'KessaiWarning');
  assert.match(warnings[0].detail, /the log is full/);
});
