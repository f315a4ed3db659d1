// iPay from end to end, at the sandbox.

import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { CardError, ipay } from 'kessai';
import { aSandbox, rejection, until } from './support.mjs';

const held = aSandbox();

function clientOf(t, options) {
  const client = held.sandbox.ipay.client(options);
  t.after(() => client.close());
  return client;
}

async function order(number, more) {
  const { id: paymentMethod } = await held.sandbox.ipay.paymentMethod(number);
  return { amount: 2_999, currency: 'USD', paymentMethod, confirm: true, metadata: { orderId: 'A-1' }, ...more };
}

test('a payment is made once, captured and refunded', async (t) => {
  const client = clientOf(t);
  const idempotencyKey = ipay.orderKey('A-1', 'payment', 1);
  const given = await order(undefined, { captureMethod: 'manual', idempotencyKey });
  const held_ = await client.createPayment(given);
  assert.ok(held_ instanceof ipay.Pending);
  const again = await client.createPayment(given);
  assert.deepEqual([again.id, again.replayed], [held_.id, true]);
  const taken = await client.capturePayment(held_.id, { amount: 2_000 });
  assert.ok(taken instanceof ipay.Succeeded);
  const refund = await client.createRefund({ payment: taken.id, amount: 500 });
  assert.deepEqual([refund.amount, refund.payment], [500, taken.id]);
  assert.equal((await client.getPayment(taken.id)).amountRefunded, 500);
  const other = await rejection(client.createPayment({ ...given, amount: 1 }));
  assert.equal(other.name, 'IdempotencyError');
});

test('a declined card is an error that names the payment', async (t) => {
  const error = await rejection(clientOf(t).createPayment(await order('4000000000000002')));
  assert.ok(error instanceof CardError);
  assert.match(error.paymentId, /^pay_/);
  assert.equal(typeof error.declineCode, 'string');
});

test('3-D Secure, a webhook that says so, and a dispute', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t);
  const webhooks = sandbox.ipay.webhooks();
  const events = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    events.push(webhooks.verify(Buffer.concat(parts), request.headers['ipay-signature']));
    response.end();
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await sandbox.ipay.registerWebhook(`http://127.0.0.1:${server.address().port}/`);
  const asked = await client.createPayment(await order('4000002500003155', { confirmationToken: true }));
  assert.ok(asked instanceof ipay.NeedsAction);
  await sandbox.ipay.authenticate(asked.id);
  const of = (type) => events.find((event) => event instanceof type && event.payment.id === asked.id);
  const event = await until(() => of(ipay.PaymentSucceeded));
  const paid = await client.confirm(event, { orderId: 'A-1', amount: 2_999, currency: 'USD' });
  assert.ok(paid instanceof ipay.Succeeded);
  const wrong = await rejection(client.confirm(event, { orderId: 'A-1', amount: 1, currency: 'USD' }));
  assert.equal(wrong.name, 'MismatchError');
  await sandbox.ipay.dispute(asked.id);
  await until(() => of(ipay.PaymentDisputed));
});

test('a bank transfer ends well, or not', async (t) => {
  const client = clientOf(t);
  const { id: paymentMethod } = await client.createPaymentMethod({ type: 'bank_transfer' });
  for (const [ok, ends] of [[true, ipay.Succeeded], [false, ipay.Failed]]) {
    const given = { amount: 2_999, currency: 'USD', paymentMethod, confirm: true };
    const underWay = await client.createPayment(given);
    assert.ok(underWay instanceof ipay.Pending);
    await held.sandbox.ipay.settle(underWay.id, ok);
    assert.ok((await client.getPayment(underWay.id)) instanceof ends);
  }
});

test('a list goes through all pages, and OAuth brings tokens', async (t) => {
  const { clientId, clientSecret } = held.sandbox.ipay;
  const client = clientOf(t, { clientId, clientSecret });
  const made = [];
  for (let number = 0; number < 5; number += 1) {
    made.push((await client.createCustomer({ email: `c${number}@example.com` })).id);
  }
  await held.sandbox.ipay.revokeTokens();
  const found = [];
  for await (const { id } of client.listCustomers({ limit: 2 })) found.push(id);
  assert.deepEqual(found.slice(0, 5), made.toReversed());
});

test('what was unknown stays so, whatever the arguments are', async (t) => {
  const client = clientOf(t);
  for (const given of [
    ['h', { timeout: 0 }],
    ['h', { timeout: 0.5 }],
    ['h', { timeout: NaN }],
    ['h', { nobody: 1 }],
    ['h', { signal: 5 }],
    [5],
    [],
    ['\ud83d'],
  ]) {
    const error = await rejection(client.resumePayment(...given));
    assert.deepEqual([error.name, error.outcome], ['InputError', 'unknown'], JSON.stringify(given));
    if (given[0] === 'h') assert.equal(error.resume, 'h');
  }
});
