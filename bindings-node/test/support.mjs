// What several tests need: a sandbox for a file, patience with a limit, and a look
// into the books.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zaif } from 'kessai';
import { Sandbox } from 'kessai/testing';

export const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..');

const PATIENCE_MS = 20_000;

/** A sandbox for all tests of a file, to be read once they run. */
export function aSandbox(...given) {
  const held = {};
  before(async () => {
    held.sandbox = await new Sandbox({ arguments: given }).start();
  });
  after(() => held.sandbox?.stop());
  return held;
}

/** A client of the sandbox that is closed when the test is over. */
export function clientOf(t, { sandbox }, options) {
  const client = new zaif.Client({ ...sandbox.zaif, ...options });
  t.after(() => client.close());
  return client;
}

let count = 0;

/** An order that no other test has. */
export function anOrder(more) {
  count += 1;
  return { currency: 'btc', amount: 10_800, orderNumber: `N-${process.pid}-${count}`, ...more };
}

/** Asks until the answer is yes, and gives it; fails when it does not come. */
export async function until(condition) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    assert.ok(performance.now() < end, 'what was waited for did not come');
    await sleep(10);
  }
}

/** A rule that makes a method's answers late. */
export const slow = (method, ms) => [{ match: { method }, fault: 'latency', ms }];

/** A rule for what goes wrong with a method. */
export const fault = (method, what, more) => [{ match: { method }, fault: what, ...more }];

/** Every request of a method that arrived. */
export async function requests(sandbox, method) {
  const ledger = await sandbox.ledger();
  return ledger.requests.filter((row) => row.method === method);
}

/** What a promise rejects with. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('it did not reject');
}

/** What a function throws. */
export function thrown(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  return assert.fail('it did not throw');
}

/** Runs a program of JavaScript as a process of its own, to its end. */
export function run(given, { env, input, cwd = PACKAGE, limit = 60_000 } = {}) {
  const child = spawn(process.execPath, given, {
    cwd,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const told = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    told.out += part;
  });
  child.stderr.on('data', (part) => {
    told.err += part;
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('close', (status, signal) => {
      clearTimeout(late);
      resolve({ status, signal, ...told });
    });
  });
}
