const { InputError, zaif } = require('kessai');
const { Sandbox } = require('kessai/testing');

const sandbox = new Sandbox();
beforeAll(() => sandbox.start());
let client;
afterAll(async () => {
  await client?.close();
  await sandbox.stop();
});

test('an order is paid', async () => {
  client = new zaif.Client(sandbox.zaif);
  const made = await client.createInvoice({ currency: 'btc', amount: 500, orderNumber: 'A-1' });
  await sandbox.pay(made.invoiceId);
  await sandbox.mine('btc', 3);
  expect((await client.getInvoice(made.invoiceId)).isSettled).toBe(true);
  await expect(client.createInvoice({ currency: 'btc', amount: 0.5 })).rejects.toThrow(InputError);
});
