// The README's shop takes a payment.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ipay } from 'kessai';
import { aSandbox, PACKAGE } from './support.mjs';

const held = aSandbox();
const EXAMPLES = [...readFileSync(join(PACKAGE, 'README.md'), 'utf8').matchAll(/```js\n(.*?)```/gs)];

test('the shop', async (t) => {
  const { sandbox } = held;
  const { key, secret, endpoint } = sandbox.zaif;
  const text = EXAMPLES[0][1].replace(
    "{ key: 'your key', secret: 'your secret' }",
    JSON.stringify({ key, secret, endpoint }),
  );
  assert.ok(text.includes(key));
  // Beside this file, where `kessai` is found.
  const file = join(PACKAGE, 'test', `.readme-${process.pid}.mjs`);
  writeFileSync(file, text);
  t.after(() => rmSync(file));
  const { paymentPage, webhook } = await import(file);

  const page = await paymentPage('A-1', 10_800);
  assert.equal(await paymentPage('A-1', 10_800), page);
  const [{ invoice_id: invoiceId }] = (await sandbox.ledger()).invoices;
  await sandbox.pay(invoiceId);
  await sandbox.mine('btc', 3);
  const { deliveries } = await sandbox.deliveries();
  const path = new URL(deliveries[0].url).pathname;
  const body = JSON.stringify({ invoiceId });
  const [status, invoice] = await webhook(path, Buffer.from(body), () => 10_800);
  assert.deepEqual([status, invoice.isSettled], [200, true]);

  const alarms = [];
  const alarm = (...told) => alarms.push(told.at(-1).code);
  const [answered, stored] = await webhook(path, body, () => 1, alarm);
  assert.deepEqual([answered, stored ?? null], [200, null]);
  assert.deepEqual(alarms, ['zaif.mismatch']);
  assert.equal((await webhook('/hooks/zaif/A-1/x', body))[0], 404);
});

test('what iPay pays and tells', async (t) => {
  const { sandbox } = held;
  const secret = 'whsec_of_a_test';
  // The client is the sandbox's; all else stands as it is.
  const text = EXAMPLES[1][1]
    .replace("new ipay.Client({ key: 'live_...', secret: 'secret_...' })", 'globalThis.readmeClient')
    .replace('whsec_...', secret);
  assert.ok(text.includes('readmeClient') && text.includes(secret));
  const client = sandbox.ipay.client();
  globalThis.readmeClient = client;
  const file = join(PACKAGE, 'test', `.readme-ipay-${process.pid}.mjs`);
  writeFileSync(file, text);
  t.after(() => {
    rmSync(file);
    delete globalThis.readmeClient;
    return client.close();
  });
  const { pay, webhook } = await import(file);

  const order = { id: 'A-2', price: '29.99' };
  const card = await sandbox.ipay.paymentMethod();
  assert.equal(await pay(order, 1, card.id), '/thanks');
  assert.equal(await pay(order, 1, card.id), '/thanks');
  const careful = await sandbox.ipay.paymentMethod('4000002500003155');
  assert.match(await pay({ ...order, id: 'A-3' }, 1, careful.id), /\/ipay\/authenticate\/pay_/);

  const payments = [];
  for await (const each of client.listPayments()) payments.push(each);
  const paid = payments.find((each) => each.orderId === 'A-2');
  assert.equal(payments.length, 2);
  const alarms = [];
  const alarm = (number, error) => alarms.push([number, error.code, error.param]);
  const told = (type, price) => {
    const body = Buffer.from(`{"id":"evt_1","type":"${type}","data":${paid.rawJson()}}`);
    return webhook(body, ipay.sign(body, secret), () => price, alarm);
  };
  const [status, payment] = await told('payment.succeeded', '29.99');
  assert.deepEqual([status, payment.id, payment.result], [200, paid.id, 'succeeded']);
  assert.deepEqual(await told('payment.succeeded', '9.99'), [200]);
  await client.createRefund({ payment: paid.id });
  assert.deepEqual(await told('payment.succeeded', '29.99'), [200]);
  const wrong = ['A-2', 'ipay.mismatch'];
  assert.deepEqual(alarms, [[...wrong, 'amount'], [...wrong, 'amountRefunded']]);
  const [answered, event] = await told('payment.refunded', '29.99');
  assert.ok(answered === 200 && event instanceof ipay.PaymentRefunded);
  assert.deepEqual(await webhook(Buffer.from('{}'), '0'.repeat(64), () => '1.00', alarm), [401]);
});
