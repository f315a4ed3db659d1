// No key and no secret anywhere that people or tools look at.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { zaif } from 'kessai';
import { aSandbox, anOrder, clientOf, fault, rejection, run, thrown } from './support.mjs';

const held = aSandbox();

/** Everything that shows an object. */
function shown(object) {
  const deep = { depth: 20, showHidden: true, getters: true, showProxy: true };
  return [inspect(object, deep), format('%O %o', object, object), `${JSON.stringify(object)}`].join('\n');
}

test('neither a client nor what it gives shows its key or secret', async (t) => {
  const { key, secret } = held.sandbox.zaif;
  const events = [];
  const client = clientOf(t, held, { onEvent: (event) => events.push(event) });
  const clean = (text) => {
    assert.ok(!text.includes(key) && !text.includes(secret), text);
  };
  const made = await client.createInvoice(anOrder());
  for (const object of [client, made, events]) clean(shown(object));
  clean(shown(Object.getOwnPropertyDescriptors(client)));
  const failed = await rejection(client.getInvoice('no-such-invoice'));
  clean(shown(failed) + failed.stack);
});

test('an error shows none, even if the service sends it back', async (t) => {
  const { sandbox } = held;
  const { key } = sandbox.zaif;
  // The secret itself is never sent.
  const sent = createHash('sha1').update(sandbox.zaif.secret).digest('hex');
  const client = clientOf(t, held, { maxRetries: 0 });
  await sandbox.faults(fault('getInvoice', 'message', { message: `bad key ${key} ${sent}` }));
  t.after(() => sandbox.clearFaults());
  const failed = await rejection(client.getInvoice('no-such-invoice'));
  const text = shown(failed) + failed.stack;
  assert.ok(!text.includes(key) && !text.includes(sent), text);
});

test('an option that is refused does not show a password in it', () => {
  const canary = 'canary-of-the-proxy';
  const proxy = `http://user:${canary}@not a host/`;
  const error = thrown(() => new zaif.Client({ key: 'k', secret: 's', proxy }));
  assert.ok(!(shown(error) + error.stack).includes(canary));
  const control = thrown(() => new zaif.Client({ key: `canary\n`, secret: 's' }));
  assert.ok(!(shown(control) + control.stack).includes('canary'));
});

test('the report of a crash holds none', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-report-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const key = 'canary-key-of-the-report';
  const secret = 'canary-secret-of-the-report';
  const program = `
    import { readFileSync } from 'node:fs';
    import { zaif } from 'kessai';
    const [key, secret] = readFileSync(0, 'utf8').split(' ');
    globalThis.client = new zaif.Client({ key, secret, endpoint: 'http://127.0.0.1:9/ecapi' });
    try { await globalThis.client.getInvoice('a-1', { timeout: 300 }); } catch (error) { throw error; }
  `;
  const ended = await run(
    ['--report-uncaught-exception', `--report-dir=${folder}`, '--input-type=module', '-e', program],
    { input: `${key} ${secret}` },
  );
  assert.equal(ended.status, 1);
  assert.match(ended.err, /KessaiConnectionError|KessaiTimeoutError/);
  const reports = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  assert.equal(reports.length, 1);
  for (const text of [...reports, ended.err, ended.out]) {
    assert.ok(!text.includes(key) && !text.includes(secret));
  }
});
