// The whole integration guide, step by step, by a client that was written from it alone.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GuideClient, IpayError, webhookServer } from './ipay-guide-client.mjs';

const PROGRAM =
  process.env.KESSAI_SANDBOX ??
  fileURLToPath(new URL('../../target/release/kessai-sandbox', import.meta.url));

const PATIENCE_MS = 20_000;

const CARD = { expMonth: 12, expYear: 2099, cvc: '123' };
const GOOD = { ...CARD, number: '4242424242424242' };
const DECLINED = { ...CARD, number: '4000000000000002' };
const ASKS_3DS = { ...CARD, number: '4000002500003155' };

const events = [];
let sandbox;
let ready;
let server;
let ipay;

/** What only the sandbox has: what a shop does in iPay's dashboard, and its customer. */
async function control(path, body) {
  const answer = await fetch(`${ready.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}

before(async () => {
  sandbox = spawn(PROGRAM, [], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  ready = JSON.parse(line);
  const { base_url: baseUrl, key, secret, publishable_key: publishableKey } = ready.ipay;
  ipay = new GuideClient({ baseUrl, apiKey: key, apiSecret: secret, publishableKey });
  server = await webhookServer(ready.ipay.webhook_secret, (event) => events.push(event));
  const url = `http://127.0.0.1:${server.address().port}/webhooks/ipay`;
  await control('ipay/webhook_endpoints', { url });
});

after(() => {
  sandbox?.kill();
  server?.closeAllConnections();
  server?.close();
});

/** The event of a type about an object, once it has come. */
async function told(type, id) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const event = events.find((e) => e.type === type && e.data.id === id);
    if (event) return event;
    assert.ok(performance.now() < end, `${type} of ${id} did not come`);
    await sleep(10);
  }
}

let count = 0;

/** An order that is paid with this card, by a customer who keeps it. */
async function order(card) {
  count += 1;
  const customer = await ipay.createCustomer({ email: 'customer@example.com', name: 'John Doe' });
  const token = await ipay.tokenizeCard(card);
  const method = await ipay.createPaymentMethod(token.id, customer.id);
  return {
    amount: 2_999,
    currency: 'USD',
    customerId: customer.id,
    paymentMethodId: method.id,
    orderId: `ORD-${count}`,
    description: `Order #ORD-${count}`,
    statementDescriptor: 'MYCOMPANY INC',
  };
}

async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail('it was not refused'),
    (refused) => refused,
  );
  assert.ok(error instanceof IpayError, error);
  return error;
}

test('the account', async () => {
  assert.equal(typeof (await ipay.account()).business_name, 'string');
});

test('wrong credentials are refused with a message', async () => {
  const { base_url: baseUrl, key } = ready.ipay;
  const stranger = new GuideClient({ baseUrl, apiKey: key, apiSecret: 'secret_of_a_stranger' });
  const error = await refusal(stranger.account());
  assert.equal(error.cause.status, 401);
  assert.match(error.message, /^iPay API Error: \S/);
  assert.ok(!error.message.includes('undefined'));
});

test('a customer keeps a card that the shop never saw', async () => {
  const customer = await ipay.createCustomer({
    email: 'customer@example.com',
    name: 'John Doe',
    phone: '+1-555-0123',
    internalId: 'USR-12345',
    tier: 'premium',
  });
  assert.match(customer.id, /^cus_/);
  assert.deepEqual(customer.metadata, { internalId: 'USR-12345', tier: 'premium' });
  const token = await ipay.tokenizeCard(GOOD);
  assert.match(token.id, /^tok_/);
  const method = await ipay.createPaymentMethod(token.id);
  assert.match(method.id, /^pm_/);
  await ipay.attachPaymentMethod(method.id, customer.id);
  const { data } = await ipay.getCustomerPaymentMethods(customer.id);
  const shown = data.map(({ card }) => [card.brand, card.last4, card.exp_month, card.exp_year]);
  assert.deepEqual(shown, [['visa', '4242', 12, 2099]]);
  assert.ok(!JSON.stringify(data).includes(GOOD.number));
  assert.equal((await told('customer.created', customer.id)).data.email, 'customer@example.com');
});

test('a payment succeeds, and a webhook says so', async () => {
  const data = await order(GOOD);
  const payment = await ipay.createPayment(data);
  assert.match(payment.id, /^pay_/);
  assert.equal(payment.status, 'succeeded');
  assert.deepEqual([payment.amount, payment.currency], [2_999, 'USD']);
  const event = await told('payment.succeeded', payment.id);
  assert.equal(event.data.metadata.orderId, data.orderId);
  assert.equal(event.data.customer, data.customerId);
});

test('the same key makes one payment', async () => {
  const data = { ...(await order(GOOD)), idempotencyKey: `pay_${process.pid}_1` };
  const all = await Promise.all([ipay.createPayment(data), ipay.createPayment(data)].map(settled));
  const made = all.filter((payment) => payment.id);
  // One that comes while the other is under way is told to come again.
  assert.ok(made.length > 0);
  const again = await ipay.createPayment(data);
  for (const payment of made) assert.equal(payment.id, again.id);
  const other = await refusal(ipay.createPayment({ ...data, amount: 1 }));
  assert.equal(other.cause.status, 422);
});

async function settled(promise) {
  try {
    return await promise;
  } catch (error) {
    assert.equal(error.cause.status, 409);
    return {};
  }
}

test('a declined card is refused with the reason, and a webhook says so', async () => {
  const data = await order(DECLINED);
  const error = await refusal(ipay.createPayment(data));
  assert.equal(error.cause.status, 402);
  assert.match(error.message, /^iPay API Error: \S/);
  const end = performance.now() + PATIENCE_MS;
  const of = (event) => event.type === 'payment.failed' && event.data.metadata.orderId === data.orderId;
  while (!events.some(of)) {
    assert.ok(performance.now() < end, 'payment.failed did not come');
    await sleep(10);
  }
  const event = events.find(of);
  assert.equal(event.data.customer, data.customerId);
  assert.equal(typeof event.data.failure_code, 'string');
  assert.equal(typeof event.data.failure_message, 'string');
});

for (const [accepts, type, status] of [
  [true, 'payment.succeeded', 'succeeded'],
  [false, 'payment.failed', 'failed'],
]) {
  test(`3-D Secure that the customer ${accepts ? 'accepts' : 'refuses'}`, async () => {
    const asked = await ipay.createPaymentWith3DS(await order(ASKS_3DS));
    assert.equal(asked.requiresAction, true);
    assert.equal(typeof asked.clientSecret, 'string');
    assert.ok(asked.nextAction);
    await control(`ipay/payments/${asked.paymentId}/authenticate`, { ok: accepts });
    const event = await told(type, asked.paymentId);
    assert.equal(event.data.status, status);
  });
}

test('3-D Secure is not asked of a card that needs none', async () => {
  const { success, payment } = await ipay.createPaymentWith3DS(await order(GOOD));
  assert.equal(success, true);
  assert.equal(payment.status, 'succeeded');
});

test('a refund of all of it', async () => {
  const payment = await ipay.createPayment(await order(GOOD));
  const refund = await ipay.refundPayment(payment.id, 'duplicate');
  assert.match(refund.id, /^re_/);
  assert.equal(refund.amount, 2_999);
  assert.equal(typeof refund.status, 'string');
  const events_ = () => events.filter((event) => event.type === 'payment.refunded');
  const end = performance.now() + PATIENCE_MS;
  while (!events_().some((event) => JSON.stringify(event.data).includes(payment.id))) {
    assert.ok(performance.now() < end, 'payment.refunded did not come');
    await sleep(10);
  }
  await refusal(ipay.refundPayment(payment.id));
});

test('a refund of a part, for a reason that is not on the list', async () => {
  const payment = await ipay.createPayment(await order(GOOD));
  const refund = await ipay.partialRefund(payment.id, 1_500, 'partial_ship');
  assert.equal(refund.amount, 1_500);
  assert.equal(refund.amount / 100, 15);
  await refusal(ipay.partialRefund(payment.id, 1_500));
  assert.equal((await ipay.partialRefund(payment.id, 1_499)).amount, 1_499);
});

test('a payment that is disputed is told of', async () => {
  const payment = await ipay.createPayment(await order(GOOD));
  await control(`ipay/payments/${payment.id}/dispute`, {});
  await told('payment.disputed', payment.id);
});
