// Two hundred calls in flight hold up neither the event loop nor libuv's threads.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aSandbox, clientOf, slow } from './support.mjs';

const held = aSandbox();
const CALLS = 200;
const CALL_MS = 200;
const ROUNDS = 9;

/** The 50th and 99th percentile of the loop's delay in milliseconds while something is done. */
async function delayDuring(act) {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  await act();
  delay.disable();
  return [delay.percentile(50) / 1e6, delay.percentile(99) / 1e6];
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

test('the delay of the loop stays within twice that of an idle one', async (t) => {
  const { sandbox } = held;
  const client = clientOf(t, held, { threads: 256, window: 256, timeout: 60_000 });
  await sandbox.faults(slow('getSupportedCurrencies', CALL_MS));
  t.after(() => sandbox.clearFaults());
  // A method without a nonce: others would overtake one another, and be repeated.
  const crowd = () => Promise.all(Array.from({ length: CALLS }, () => client.getSupportedCurrencies()));
  // Connections and threads are made once.
  await crowd();

  const idle = [];
  const busy = [];
  const reads = [];
  const took = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    idle.push(await delayDuring(() => sleep(CALL_MS + 100)));
    busy.push(
      await delayDuring(async () => {
        const began = performance.now();
        const calls = crowd();
        const reading = performance.now();
        await readFile(fileURLToPath(import.meta.url));
        reads.push(performance.now() - reading);
        await calls;
        took.push(performance.now() - began);
      }),
    );
  }
  const [idle50, idle99] = [0, 1].map((which) => median(idle.map((round) => round[which])));
  const [busy50, busy99] = [0, 1].map((which) => median(busy.map((round) => round[which])));
  const told = `p50 ${busy50.toFixed(2)} ms (idle ${idle50.toFixed(2)}), `
    + `p99 ${busy99.toFixed(2)} ms (idle ${idle99.toFixed(2)}), `
    + `reading a file ${median(reads).toFixed(1)} ms, ${CALLS} calls ${median(took).toFixed(0)} ms`;
  t.diagnostic(told);
  assert.ok(busy50 <= 2 * idle50, told);
  assert.ok(busy99 <= Math.max(2 * idle99, idle99 + 4), told);
  assert.ok(median(reads) < CALL_MS / 2, told);
  // One after the other on four threads they would take ten seconds.
  assert.ok(median(took) < 4 * CALL_MS, told);
});
