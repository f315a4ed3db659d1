// What an error tells, and where it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as kessai from 'kessai';
import { aSandbox, anOrder, clientOf, fault, rejection } from './support.mjs';

const { KessaiError, OutcomeUnknownError, zaif } = kessai;
const held = aSandbox();

/** An error with a handle and a cause, from a create that shows late. */
async function lost(t) {
  const client = clientOf(t, held, { settle: 60_000, timeout: 400 });
  const { sandbox } = held;
  await sandbox.faults(fault('createInvoice', 'execute_later', { seconds: 1, reset: true, times: 1 }));
  t.after(() => sandbox.clearFaults());
  return rejection(client.createInvoice(anOrder()));
}

test('an unknown outcome has a handle, and says why', async (t) => {
  const error = await lost(t);
  assert.ok(error instanceof OutcomeUnknownError);
  assert.equal(error.kind, 'outcome_unknown');
  assert.equal(error.code, 'zaif.outcome_unknown');
  assert.equal(error.outcome, 'unknown');
  assert.equal(error.retryable, false);
  assert.ok(error.cause instanceof KessaiError);
  assert.equal(typeof error.resume, 'string');
  const client = clientOf(t, held, { settle: 2_000 });
  const found = await client.resume(error.resume);
  // Looking for it has fenced it off.
  assert.deepEqual(found, { outcome: 'not_done' });
});

test('the handle is for the books, not for logs', async (t) => {
  const error = await lost(t);
  assert.ok(!inspect(error, { depth: 9 }).includes(error.resume));
  assert.ok(!Object.keys(error).includes('resume'));
  const told = JSON.parse(JSON.stringify(error));
  assert.equal(told.resume, error.resume);
  assert.deepEqual(Object.keys(told).slice(0, 6), [
    'name', 'kind', 'code', 'outcome', 'retryable', 'message',
  ]);
  assert.equal(told.name, 'OutcomeUnknownError');
  assert.equal(told.cause.code, error.cause.code);
});

test('it is readable where it is printed', async (t) => {
  const client = clientOf(t, held);
  const shown = inspect(await rejection(client.getInvoice('\n')));
  assert.match(shown, /^InputError \[input\.invalid\]: invoiceId /);
  assert.match(shown, /code: 'input\.invalid',\n {2}outcome: 'not_done'/);
  assert.match(shown, /param: 'invoiceId'/);
});

test('it stands where the call was made, also where nobody awaits at once', async (t) => {
  const client = clientOf(t, held);
  function aPageOfTheShop() {
    return client.getInvoice('d7dd735c-1650-11e5-b412-4437e6999eec');
  }
  async function theHandler() {
    const page = aPageOfTheShop();
    await new Promise((resolve) => setImmediate(resolve));
    return page;
  }
  const error = await rejection(theHandler());
  const [head, ...frames] = error.stack.split('\n');
  assert.equal(head, `InvalidRequestError [zaif.invalid_parameter]: ${error.message}`);
  assert.match(frames[0], /Client\.getInvoice/);
  assert.match(frames[1], /aPageOfTheShop .*errors\.test\.mjs/);
  assert.match(frames[2], /theHandler/);
});

test('without any frames there is still a message', async (t) => {
  const limit = Error.stackTraceLimit;
  t.after(() => {
    Error.stackTraceLimit = limit;
  });
  Error.stackTraceLimit = 0;
  const client = clientOf(t, held);
  const error = await rejection(client.getInvoice('\n'));
  assert.match(error.stack, /^InputError \[input\.invalid\]: /);
});

test('every class can be told from every other, and made by hand for tests', () => {
  for (const type of new Set(Object.values(kessai.CODES))) {
    const error = new type('told', { code: 'a.b', outcome: 'not_done', resume: 'r', cause: 1 });
    assert.equal(error.name, type.name);
    assert.equal(kessai[type.name], type);
    assert.ok(error instanceof KessaiError && error instanceof Error);
    assert.deepEqual(
      [error.message, error.code, error.outcome, error.retryable, error.resume, error.cause],
      ['told', 'a.b', 'not_done', false, 'r', 1],
    );
    assert.deepEqual(error.invoiceIds, []);
  }
  const bare = new KessaiError();
  assert.deepEqual([bare.code, bare.outcome, bare.message], ['', 'unknown', '']);
  const several = new kessai.DuplicateInvoiceError('two', { invoiceIds: ['a', 'b'] });
  assert.deepEqual(several.toJSON().invoiceIds, ['a', 'b']);
});

test('several invoices with money are named, the service\'s wish to be left alone is told', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { maxRetries: 0 });
  const order = anOrder();
  const two = [await client.createInvoice(order), await client.createInvoice(order)];
  for (const { invoiceId } of two) await sandbox.pay(invoiceId);
  const error = await rejection(client.ensureInvoice(order));
  assert.equal(error.code, 'zaif.paid_twice');
  assert.deepEqual([...error.invoiceIds].sort(), two.map((invoice) => invoice.invoiceId).sort());

  const headers = { 'Retry-After': '3' };
  await sandbox.faults(fault('getInvoice', 'status', { status: 429, headers }));
  t.after(() => sandbox.clearFaults());
  const busy = await rejection(client.getInvoice('a-1'));
  assert.ok(busy instanceof kessai.RateLimitError);
  assert.equal(busy.retryAfter, 3_000);
  assert.equal(busy.httpStatus, 429);
  assert.equal(busy.retryable, true);
});

test('a place in a message is called as in JavaScript', async (t) => {
  const client = clientOf(t, held);
  const error = await rejection(client.createInvoice(anOrder({ orderNumber: 'ä' })));
  assert.equal(error.param, 'orderNumber');
  assert.match(error.message, /^orderNumber /);
  assert.equal(zaif.Webhooks.status(error), 503);
});
