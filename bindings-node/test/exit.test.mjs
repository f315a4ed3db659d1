// A process ends when nothing is pending, and cleanly whatever is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSandbox, fault, run, slow } from './support.mjs';

const held = aSandbox();

/** Runs a program that has a client of the sandbox. */
async function program(text, ...flags) {
  const { key, secret, endpoint } = held.sandbox.zaif;
  const head = "import { zaif } from 'kessai'; const client = zaif.Client.fromEnv({ timeout: 60_000 });\n";
  const began = performance.now();
  const ended = await run([...flags, '--input-type=module', '-e', head + text], {
    env: { ZAIF_API_KEY: key, ZAIF_API_SECRET: secret, ZAIF_ENDPOINT: endpoint, KESSAI_NONCES: '' },
  });
  return { ...ended, took: performance.now() - began };
}

const MAKE = "client.createInvoice({ currency: 'btc', amount: 500 })";

test('it ends when its calls have, though the client is open', async () => {
  const ended = await program(`console.log((await ${MAKE}).amount);`);
  assert.deepEqual([ended.status, ended.out, ended.err], [0, '500\n', '']);
  assert.ok(ended.took < 4_000, `${ended.took} ms`);
});

test('it ends at once when a client was only made, or closed', async () => {
  for (const text of ['', 'await client.close();', 'client.close();', 'new zaif.Client({ key: "k", secret: "s", onEvent() {} });']) {
    const ended = await program(text);
    assert.deepEqual([ended.status, ended.err], [0, '']);
    assert.ok(ended.took < 4_000, `${ended.took} ms`);
  }
});

test('it stays while a call runs, and no longer', async (t) => {
  await held.sandbox.faults(slow('createInvoice', 700));
  t.after(() => held.sandbox.clearFaults());
  const ended = await program(`${MAKE}.then((made) => console.log(made.amount));`);
  assert.deepEqual([ended.status, ended.out], [0, '500\n']);
  assert.ok(ended.took > 700 && ended.took < 5_000, `${ended.took} ms`);
});

test('it stays for every one of several calls', async (t) => {
  await held.sandbox.faults([
    { match: { method: 'getSupportedCurrencies' }, fault: 'latency', ms: 100, jitter_ms: 600 },
  ]);
  t.after(() => held.sandbox.clearFaults());
  const ended = await program(`
    let count = 0;
    for (let n = 0; n < 20; n += 1) client.getSupportedCurrencies().then(() => { count += 1; });
    process.on('exit', () => console.log(count));
  `);
  assert.deepEqual([ended.status, ended.out, ended.err], [0, '20\n', '']);
});

test('it ends at once in mid-call when it is told to, however that is', async (t) => {
  await held.sandbox.faults(fault('getInvoice', 'timeout_before_execute'));
  t.after(() => held.sandbox.clearFaults());
  const calls = "for (let n = 0; n < 8; n += 1) client.getInvoice('a-1').catch(() => {});\n";
  for (const [end, status] of [
    ["setTimeout(() => process.exit(3), 50);", 3],
    ["process.exit(4);", 4],
    ["setTimeout(() => { throw new Error('on purpose'); }, 50);", 1],
    ["process.on('exit', () => client.getInvoice('a-1')); setTimeout(() => process.exit(0), 50);", 0],
  ]) {
    for (let round = 0; round < 3; round += 1) {
      const ended = await program(calls + end);
      assert.equal(ended.signal, null, ended.err);
      assert.equal(ended.status, status, ended.err);
      assert.ok(ended.took < 10_000, `${ended.took} ms`);
    }
  }
});

test('an error that nobody awaits ends it as any other does', async () => {
  const ended = await program("client.getInvoice('no-such-invoice');");
  assert.equal(ended.status, 1);
  assert.match(ended.err, /InvalidRequestError \[zaif\.invalid_parameter\]/);
  assert.match(ended.err, /code: 'zaif\.invalid_parameter'/);
});

test('clients that nobody holds any more are let go of', async () => {
  const ended = await program(
    `
    const { setTimeout: sleep } = await import('node:timers/promises');
    const options = { key: 'k', secret: 's', onEvent() {} };
    const refs = Array.from({ length: 500 }, () => new WeakRef(new zaif.Client(options)));
    const left = () => refs.filter((ref) => ref.deref() !== undefined).length;
    for (let n = 0; n < 100 && left() > 5; n += 1) { await sleep(10); globalThis.gc(); await sleep(0); }
    console.log(left() <= 5);
    `,
    '--expose-gc',
  );
  assert.deepEqual([ended.out, ended.err], ['true\n', '']);
});
