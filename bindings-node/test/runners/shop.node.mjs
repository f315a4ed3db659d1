import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { InputError, zaif } from 'kessai';
import { Sandbox } from 'kessai/testing';

const sandbox = new Sandbox();
before(() => sandbox.start());
after(() => sandbox.stop());

test('an order is paid', async () => {
  const client = new zaif.Client(sandbox.zaif);
  const made = await client.createInvoice({ currency: 'btc', amount: 500, orderNumber: 'A-1' });
  await sandbox.pay(made.invoiceId);
  await sandbox.mine('btc', 3);
  assert.equal((await client.getInvoice(made.invoiceId)).isSettled, true);
  await assert.rejects(client.createInvoice({ currency: 'btc', amount: 0.5 }), InputError);
});
