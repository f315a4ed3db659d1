// The sandbox's helper inside the runners that shops use, each as a shop has it: two files
// of tests, so that more than one of them loads the library.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { target } from '../lib/target.js';
import { PACKAGE, run } from './support.mjs';

const env = { NO_COLOR: '1', FORCE_COLOR: undefined };
const require = createRequire(import.meta.url);

/** A shop with the library installed, and with its tests under two names. */
function shop(t, tests, ...names) {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-shop-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = join(folder, 'node_modules', 'kessai');
  mkdirSync(place, { recursive: true });
  const library = `kessai.${target()}.node`;
  for (const part of ['index.js', 'index.mjs', 'testing.js', 'testing.mjs', 'package.json', 'lib', library]) {
    cpSync(join(PACKAGE, part), join(place, part), { recursive: true });
  }
  for (const name of names) cpSync(join(PACKAGE, 'test/runners', tests), join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

test('node:test', async (t) => {
  const cwd = shop(t, 'shop.node.mjs', 'one.test.mjs', 'two.test.mjs');
  const { status, out, err } = await run(['--test', '--test-reporter=tap'], { cwd });
  assert.equal(status, 0, out + err);
  assert.match(out, /# pass 2\b/);
});

test('vitest', async (t) => {
  const cwd = shop(t, 'shop.vitest.mjs', 'one.test.mjs', 'two.test.mjs');
  const vitest = join(dirname(require.resolve('vitest/package.json')));
  cpSync(dirname(vitest), join(cwd, 'node_modules'), {
    recursive: true,
    filter: (path) => path === dirname(vitest),
  });
  const { status, out, err } = await run([join(vitest, 'vitest.mjs'), 'run', '--root', cwd], { cwd, env });
  assert.equal(status, 0, out + err);
  assert.match(out, /Tests +2 passed/);
});

test('jest, with several files in one process', async (t) => {
  const cwd = shop(t, 'shop.jest.cjs', 'one.test.cjs', 'two.test.cjs');
  const jest = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');
  const given = [jest, '--rootDir', cwd, '--testMatch', '**/*.test.cjs', '--runInBand', '--detectOpenHandles'];
  const { status, out, err } = await run(given, { cwd, env });
  assert.equal(status, 0, out + err);
  assert.match(err, /Tests: +2 passed/);
  assert.ok(!err.includes('open handle'), err);
});
