// What is meant to be written, by import.

import { readFile } from 'node:fs/promises';
import {
  AbortError,
  CODES,
  DuplicateInvoiceError,
  KessaiError,
  OutcomeUnknownError,
  Qr,
  RateLimitError,
  version,
  zaif,
  type Outcome,
} from 'kessai';
import { Sandbox, SandboxError, type ZaifAccount } from 'kessai/testing';

function log(event: zaif.Event): void {
  switch (event.name) {
    case 'request':
    case 'call':
      console.log(event.method, event.attempt, event.outcome, event.duration, event.code);
      break;
    case 'clock_skew': {
      const off: number = event.serverTime - event.localTime;
      console.log(off);
    }
  }
  if (event.name === 'call') console.log(event.resume);
}

export async function shop(body: Buffer, path: string): Promise<void> {
  const options: zaif.Options = {
    key: 'k',
    secret: 's',
    timeout: 5_000,
    credentialsIn: 'headers',
    proxy: undefined,
    threads: 64,
    onEvent: log,
  };
  await using client = new zaif.Client(options);
  const other: zaif.Client = zaif.Client.fromEnv({ nonces: 'file:/var/lib/shop/nonces' });
  const order = {
    currency: zaif.Coin.BTC,
    amount: 10_800n,
    orderNumber: 'A-1',
    notificationMethod: 'POST',
    speed: 'high',
  } satisfies zaif.Order;
  const leave = new AbortController();
  const made: zaif.Invoice = await client.createInvoice(order, { signal: leave.signal, timeout: 90_000 });
  const kept = await client.ensureInvoice(order, { minLeft: 60_000, signal: AbortSignal.timeout(9) });
  const amount: number | string = kept.amount;
  const due: string | null = made.coinAmount;
  const until: Date = made.expiredAt;
  const settled: Date | null = made.settledAt;
  const sure: boolean | null = made.isSettled;
  console.log(amount, due, until, settled, sure, made.raw['newField'], made.eventKey, version);

  if (made.status === 'complete' || made.status === zaif.Status.PAID) console.log('known');
  const state: zaif.Status = 'a_state_of_next_year';
  const why: zaif.Reason[] = made.reasons([state, 'paid']);
  const after: boolean | null = made.follows('new');
  const again: zaif.Invoice = zaif.Invoice.restore(made.store());
  console.log(why, after, again.iframeHtml(), again.rawJson());

  for await (const invoice of client.findInvoices('A-1')) console.log(invoice.invoiceId);
  const ids: string[] = await client.findInvoiceIds('A-1');
  const done = await client.resume('handle', { timeout: 90_000 });
  if (done.outcome === 'done') {
    const others: readonly string[] = done.others;
    console.log(done.invoice.invoiceId, others, ids);
  }
  await client.waitFor(made.invoiceId, { until: 'final', timeout: 3_600_000 });
  const info: unknown = await client.call('get_info', { a: 1, b: 'x', c: 2n, d: undefined });
  const names: Record<string, string> = await client.getSupportedCurrencies();
  console.log(info, names['btc']?.length, await other.resumeHandle(order));

  const webhooks = new zaif.Webhooks('https://shop.example/hooks', ['secret'], { perOrder: 5 });
  const notice: zaif.Notice = webhooks.receive(path, body);
  const hint: zaif.Hint = notice.hint;
  await client.confirm(hint, { orderNumber: notice.orderNumber, amount: 10_800 });
  await client.confirm(String(hint), { orderNumber: 'A', amount: '0.1', billingCurrency: 'btc' });
  const link = new zaif.PaymentUri({ currency: 'btc', address: '1abc', amount: '0.1', parameters: [['a', 'b']] });
  console.log(new Qr(String(link)).toSvg('Pay'), zaif.PaymentUri.forInvoice(made).amount);
}

export function told(error: unknown): Outcome | undefined {
  if (error instanceof AbortError) return error.outcome;
  if (!(error instanceof KessaiError)) return undefined;
  if (error instanceof OutcomeUnknownError && error.resume !== undefined) console.log(error.resume);
  if (error instanceof RateLimitError && error.retryAfter !== undefined) console.log(error.retryAfter + 1);
  if (error instanceof DuplicateInvoiceError) console.log(error.invoiceIds.length, error.kind satisfies 'duplicate_invoice');
  if (error.code === 'zaif.paid_twice') console.log(zaif.Webhooks.status(error), CODES['zaif.paid_twice']);
  return error.outcome;
}

export async function test(): Promise<void> {
  const sandbox = await new Sandbox({ arguments: ['--seed', '7'] }).start();
  const account: ZaifAccount = sandbox.zaif;
  const client = new zaif.Client({ ...account, settle: 1_000 });
  const { invoiceId } = await client.createInvoice({ currency: 'mona', amount: 500 });
  await sandbox.pay(invoiceId, '0.1');
  await sandbox.mine('mona', 3);
  await sandbox.advance(600);
  try {
    await sandbox.faults([{ match: { method: 'getInvoice' }, fault: 'latency', ms: 5 }]);
  } catch (error) {
    if (error instanceof SandboxError) console.log(error.message);
  }
  await client.close();
  await sandbox.stop();
  await readFile('x');
}
