// `kessai/testing`: starting, steering and stopping the sandbox.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zaif } from 'kessai';
import { Sandbox, SandboxError } from 'kessai/testing';
import { target } from '../lib/target.js';
import { PACKAGE, anOrder, rejection, run, until } from './support.mjs';

/** Whether a process is there. */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('it is started, steered and stopped', async () => {
  const sandbox = new Sandbox({ arguments: ['--seed', '7'] });
  assert.equal(sandbox.pid, undefined);
  assert.equal(await sandbox.start(), sandbox);
  const { pid } = sandbox;
  assert.ok(lives(pid));
  assert.match((await rejection(sandbox.start())).message, /running already/);

  const client = new zaif.Client(sandbox.zaif);
  const made = await client.createInvoice(anOrder());
  const paid = await sandbox.pay(made.invoiceId, '0.1');
  assert.equal(typeof paid, 'object');
  await sandbox.pay(made.invoiceId);
  await sandbox.mine('btc', 3);
  await sandbox.mine('btc');
  await sandbox.advance(60);
  const { requests, invoices } = await sandbox.ledger();
  assert.equal(invoices[0].status, 'complete');
  assert.equal(requests.at(-1).method, 'createInvoice');
  assert.deepEqual((await sandbox.deliveries()).deliveries, []);
  await sandbox.faults([{ match: { method: 'getInvoice' }, fault: 'latency', ms: 1 }]);
  assert.equal((await sandbox.control('faults')).faults.length, 1);
  assert.equal(await sandbox.clearFaults(), undefined);
  assert.deepEqual((await sandbox.control('faults')).faults, []);
  await client.close();

  await sandbox.stop();
  await sandbox.stop();
  assert.equal(sandbox.pid, undefined);
  assert.ok(!lives(pid));
  await sandbox.start();
  await sandbox[Symbol.asyncDispose]();
});

test('what it refuses is an error with its words', async () => {
  const sandbox = await new Sandbox().start();
  try {
    const error = await rejection(sandbox.pay('no-such-invoice'));
    assert.ok(error instanceof SandboxError);
    assert.equal(error.name, 'SandboxError');
    assert.ok(error.message.length > 0);
    await rejection(sandbox.control('no/such/path'));
  } finally {
    await sandbox.stop();
  }
  assert.match((await rejection(sandbox.ledger())).message, /does not answer/);
});

test('another one can be steered, and is left running', async () => {
  const first = await new Sandbox().start();
  const second = await Sandbox.attach(`${first.url}/`);
  assert.notEqual(second.zaif.key, first.zaif.key);
  const client = new zaif.Client(second.zaif);
  assert.equal((await client.createInvoice(anOrder())).amount, 10_800);
  await client.close();
  assert.equal(second.ipay.key, first.ipay.key);
  assert.match((await second.ipay.paymentMethod()).id, /^pm_/);
  await second.stop();
  assert.ok(lives(first.pid));
  await first.stop();
});

test('over TLS its certificates are trusted, and nobody else\'s', async () => {
  const sandbox = await new Sandbox({ arguments: ['--tls'] }).start();
  try {
    assert.match(sandbox.url, /^https:/);
    const client = new zaif.Client(sandbox.zaif);
    assert.equal((await client.createInvoice(anOrder())).amount, 10_800);
    assert.equal((await sandbox.ledger()).invoices.length, 1);
    const again = await Sandbox.attach(sandbox.url, { caFile: sandbox.zaif.caFile });
    assert.equal(again.zaif.caFile, sandbox.zaif.caFile);
    assert.match((await again.ipay.paymentMethod()).id, /^pm_/);
    const { caFile, ...strict } = sandbox.zaif;
    assert.ok(caFile);
    const wary = new zaif.Client({ ...strict, timeout: 2_000 });
    assert.equal((await rejection(wary.getInfo())).outcome, 'not_done');
    await Promise.all([client.close(), wary.close()]);
  } finally {
    await sandbox.stop();
  }
});

test('no proxy of the environment stands between', async (t) => {
  const proxy = createServer((_, answer) => answer.writeHead(502).end());
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.after(() => proxy.close());
  const program = `
    import { Sandbox } from 'kessai/testing';
    const sandbox = await new Sandbox().start();
    console.log((await sandbox.ledger()).invoices.length);
  `;
  const address = `http://127.0.0.1:${proxy.address().port}`;
  const env = { HTTP_PROXY: address, http_proxy: address, NODE_USE_ENV_PROXY: '1' };
  const ended = await run(['--input-type=module', '-e', program], { env });
  assert.deepEqual([ended.status, ended.out], [0, '0\n']);
});

test('one that nobody stops neither holds the process nor outlives it', async () => {
  const program = (end) => `
    const { Sandbox } = require('kessai/testing');
    new Sandbox().start().then((sandbox) => { console.log(sandbox.pid); ${end} });
  `;
  for (const [end, status] of [['', 0], ['process.exit(3);', 3], ['throw new Error("x");', 1]]) {
    const ended = await run(['-e', program(end)]);
    assert.equal(ended.status, status, ended.err);
    const pid = Number(ended.out);
    assert.ok(pid > 1);
    await until(() => !lives(pid));
  }
});

test('a program that is none is told at once', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-none-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const chatty = join(folder, 'chatty');
  writeFileSync(chatty, '#!/bin/sh\necho not JSON\nexec sleep 60\n', { mode: 0o755 });
  for (const program of ['/no/such/program', '/bin/true', chatty]) {
    const error = await rejection(new Sandbox({ program }).start());
    assert.ok(error instanceof SandboxError);
    assert.match(error.message, /kessai-sandbox/);
    assert.ok(error.cause instanceof Error);
  }
});

test('the program is looked for in its package, then on the path', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-find-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const modules = join(folder, 'node_modules');
  const place = join(modules, 'kessai');
  mkdirSync(place, { recursive: true });
  const library = `kessai.${target()}.node`;
  for (const part of ['index.js', 'testing.js', 'package.json', 'lib', library]) {
    cpSync(join(PACKAGE, part), join(place, part), { recursive: true });
  }
  const program = `
    const { Sandbox } = require('kessai/testing');
    new Sandbox().start().then((sandbox) => sandbox.stop()).then(() => console.log('found'), (e) => console.log(e.message));
  `;
  const start = (env) => run(['-e', program], { cwd: folder, env: { KESSAI_SANDBOX: undefined, ...env } });

  const none = await start({ PATH: folder });
  assert.match(none.out, /npm install --save-dev kessai-sandbox/);

  const real = process.env.KESSAI_SANDBOX;
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(real, join(bin, 'kessai-sandbox'));
  assert.equal((await start({ PATH: `${folder}:${bin}` })).out, 'found\n');

  const sandbox = join(modules, 'kessai-sandbox');
  mkdirSync(sandbox);
  writeFileSync(join(sandbox, 'index.js'), `exports.program = ${JSON.stringify(real)};`);
  assert.equal((await start({ PATH: folder })).out, 'found\n');

  // As the package does where there is no executable for this machine.
  writeFileSync(join(sandbox, 'index.js'), "throw new Error('kessai-sandbox-x is not installed');");
  assert.match((await start({ PATH: `${folder}:${bin}` })).out, /kessai-sandbox-x is not installed/);
});
