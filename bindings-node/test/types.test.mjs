// The types, as the strictest compiler reads them: what is meant works, what is not is refused.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { run } from './support.mjs';

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

for (const project of ['tsconfig.json', 'bundler.json']) {
  test(`uses compile, and every misuse is an error: ${project}`, async () => {
    const { status, out } = await run([tsc, '--project', `test/types/${project}`]);
    assert.equal(out, '');
    assert.equal(status, 0);
  });
}
