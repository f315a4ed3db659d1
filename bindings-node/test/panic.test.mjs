// A defect in the compiled half ends a call, never the process: played by one that
// panics on purpose, built for this test alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PACKAGE, rejection, thrown } from './support.mjs';
import { target } from '../lib/target.js';

// Every panic would tell of every frame.
process.env.RUST_BACKTRACE = '0';

const LIBRARIES = { darwin: 'libkessai_node.dylib', win32: 'kessai_node.dll' };

let folder;
let kessai;

before(() => {
  const cargo = (...given) => execFileSync('cargo', given, { cwd: PACKAGE, stdio: ['ignore', 'pipe', 'pipe'] });
  cargo('build', '--locked', '--package', 'kessai-node', '--features', 'panic-on-purpose');
  const { target_directory: built } = JSON.parse(cargo('metadata', '--format-version', '1', '--no-deps'));
  folder = mkdtempSync(join(tmpdir(), 'kessai-panic-'));
  for (const part of ['index.js', 'package.json', 'lib']) {
    cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
  }
  const library = join(built, 'debug', LIBRARIES[process.platform] ?? 'libkessai_node.so');
  cpSync(library, join(folder, `kessai.${target()}.node`));
  kessai = createRequire(import.meta.url)(join(folder, 'index.js'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A client that can make a call which the table does not have. */
function clientThatPanics(t) {
  const { invoke } = createRequire(join(folder, 'index.js'))('./lib/client.js');
  const client = new kessai.zaif.Client({ key: 'k', secret: 's', endpoint: 'http://127.0.0.1:9/' });
  t.after(() => client.close());
  return () => client[invoke]('panic_on_purpose', [], undefined, (value) => value);
}

test('in a call: its outcome is unknown, and the next call is made', async (t) => {
  const panic = clientThatPanics(t);
  for (let round = 0; round < 3; round += 1) {
    const error = await rejection(panic());
    assert.ok(error instanceof kessai.InternalError);
    assert.deepEqual([error.code, error.outcome, error.kind], ['internal.defect', 'unknown', 'internal']);
    assert.equal(error.retryable, false);
  }
  const all = await Promise.allSettled(Array.from({ length: 20 }, panic));
  assert.ok(all.every(({ reason }) => reason instanceof kessai.InternalError));
});

test('in a function: it is thrown', () => {
  const { core } = createRequire(join(folder, 'index.js'))('./lib/translate.js');
  const native = createRequire(join(folder, 'index.js'))('./lib/native.js');
  const error = thrown(() => core(() => native.panicOnPurpose()));
  assert.ok(error instanceof kessai.InternalError);
  assert.equal(error.outcome, 'unknown');
  assert.match(error.cause.message, /on purpose/);
});

test('what is shipped has no such function', () => {
  const shipped = createRequire(import.meta.url)('../lib/native.js');
  assert.equal(shipped.panicOnPurpose, undefined);
});
