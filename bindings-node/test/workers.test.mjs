// Threads of JavaScript that come and go, in mid-call too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { aSandbox, anOrder, clientOf, run } from './support.mjs';

const held = aSandbox();

const CALLING = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { zaif } = require('kessai');
  const client = new zaif.Client({ ...workerData, window: 64, onEvent() {} });
  parentPort.postMessage('ready');
  const again = () => client.getSupportedCurrencies().then(again, again);
  for (let n = 0; n < 8; n += 1) again();
`;

/** Ended in this very process, which must survive it. */
async function endedAfter(ms) {
  const worker = new Worker(CALLING, { eval: true, workerData: held.sandbox.zaif });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await sleep(ms);
  assert.equal(await worker.terminate(), 1);
}

test('fifty workers are ended at any moment of their calls', async (t) => {
  const { sandbox } = held;
  await sandbox.faults([
    { match: { method: 'getSupportedCurrencies' }, fault: 'latency', ms: 0, jitter_ms: 20 },
  ]);
  t.after(() => sandbox.clearFaults());
  const seed = 20;
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 5 }, (_, n) => endedAfter((round * 7 + n * 11) % seed)));
  }
  // What is left of their calls ends without anyone to tell.
  await sleep(200);
  const client = clientOf(t, held);
  assert.equal((await client.createInvoice(anOrder())).amount, 10_800);
});

test('a worker that ends by itself gives its result and leaves', async () => {
  const text = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { zaif } = require('kessai');
    new zaif.Client(workerData).createInvoice({ currency: 'btc', amount: 500 })
      .then((made) => parentPort.postMessage({ amount: made.amount, stored: made.store() }));
  `;
  const all = Array.from({ length: 6 }, async () => {
    const worker = new Worker(text, { eval: true, workerData: held.sandbox.zaif });
    const told = new Promise((resolve) => {
      worker.once('message', resolve);
    });
    const status = await new Promise((resolve, reject) => {
      worker.once('exit', resolve);
      worker.once('error', reject);
    });
    assert.equal(status, 0);
    assert.equal((await told).amount, 500);
  });
  await Promise.all(all);
});

test('the library stays for its threads when the last worker that loaded it is gone', async () => {
  const program = `
    const { Worker } = require('node:worker_threads');
    const text = ${JSON.stringify(CALLING)};
    const workerData = ${JSON.stringify(held.sandbox.zaif)};
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    (async () => {
      for (let round = 0; round < 8; round += 1) {
        const worker = new Worker(text, { eval: true, workerData });
        await new Promise((resolve) => worker.once('message', resolve));
        await sleep(round * 3);
        await worker.terminate();
        await sleep(20);
      }
      console.log('here');
    })();
  `;
  await held.sandbox.faults([
    { match: { method: 'getSupportedCurrencies' }, fault: 'latency', ms: 15, jitter_ms: 30 },
  ]);
  const ended = await run(['-e', program]);
  await held.sandbox.clearFaults();
  assert.deepEqual([ended.status, ended.signal, ended.out, ended.err], [0, null, 'here\n', '']);
});

test('a process ends cleanly while its workers call', async () => {
  const program = `
    const { Worker } = require('node:worker_threads');
    const text = ${JSON.stringify(CALLING)};
    const workerData = ${JSON.stringify(held.sandbox.zaif)};
    let ready = 0;
    for (let n = 0; n < 4; n += 1) {
      new Worker(text, { eval: true, workerData }).on('message', () => {
        ready += 1;
        if (ready === 4) setTimeout(() => process.exit(5), 30);
      });
    }
  `;
  for (let round = 0; round < 5; round += 1) {
    const ended = await run(['-e', program]);
    assert.deepEqual([ended.status, ended.signal, ended.err], [5, null, '']);
  }
});
