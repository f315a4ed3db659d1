// What is packed, and what happens where a part of it is missing.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE, run } from './support.mjs';

/** A copy of the package as it is installed, without its compiled half. */
function installed(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-package-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = join(folder, 'node_modules', 'kessai');
  for (const part of ['index.js', 'index.mjs', 'package.json', 'lib']) {
    cpSync(join(PACKAGE, part), join(place, part), { recursive: true });
  }
  return { folder, place };
}

test('only what belongs is packed', () => {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: PACKAGE,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(told);
  const paths = files.map((file) => file.path);
  const known = /^(package\.json|README\.md|LICENSE-\w+|(index|testing)(\.d)?\.m?[jt]s|lib\/[\w-]+(\.d)?\.[jt]s)$/;
  assert.deepEqual(paths.filter((path) => !known.test(path)), []);
  for (const path of ['index.js', 'index.mjs', 'index.d.ts', 'index.d.mts', 'lib/native.js', 'README.md']) {
    assert.ok(paths.includes(path), path);
  }
});

test('nothing is needed at run time but the parts for machines', () => {
  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  for (const script of ['install', 'preinstall', 'postinstall', 'prepare']) {
    assert.equal(manifest.scripts[script], undefined);
  }
  for (const { types, default: code } of Object.values(manifest.exports['.'])) {
    assert.ok(manifest.files.includes(types.slice(2)) && manifest.files.includes(code.slice(2)));
  }
});

test('a missing part is named, and what to do about it', async (t) => {
  const { folder } = installed(t);
  const ended = await run(['-e', "require('kessai')"], { cwd: folder });
  assert.equal(ended.status, 1);
  const name = `kessai-${process.platform}-${process.arch}`;
  assert.match(ended.err, new RegExp(`the package ${name}[-a-z]* is not installed`));
  assert.match(ended.err, /npm install --include=optional/);
});

test('a part that cannot be loaded is told apart from one that is missing', async (t) => {
  const { folder } = installed(t);
  const { target } = await import('../lib/target.js');
  const part = join(folder, 'node_modules', `kessai-${target()}`);
  mkdirSync(part);
  writeFileSync(join(part, 'index.node'), 'not a library');
  writeFileSync(join(part, 'package.json'), JSON.stringify({ main: 'index.node' }));
  const ended = await run(['-e', "require('kessai')"], { cwd: folder });
  assert.match(ended.err, /is installed but cannot be loaded/);
});

test('the part for this machine is found as npm installs it', async (t) => {
  const { folder } = installed(t);
  const { target } = await import('../lib/target.js');
  const file = `kessai.${target()}.node`;
  const part = join(folder, 'node_modules', `kessai-${target()}`);
  mkdirSync(part);
  cpSync(join(PACKAGE, file), join(part, file));
  writeFileSync(join(part, 'package.json'), JSON.stringify({ main: file }));
  const ended = await run(['-p', "require('kessai').version"], { cwd: folder });
  assert.deepEqual([ended.status, ended.err], [0, '']);
});
