// The README's shop takes a payment.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
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
