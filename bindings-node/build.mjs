// Builds the compiled half and puts it where `lib/native.js` finds it:
// `node build.mjs [PROFILE]`. Cargo writes where it always does, or where
// CARGO_TARGET_DIR says.

import { execFileSync } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { target } = createRequire(import.meta.url)('./lib/target.js');

const here = dirname(fileURLToPath(import.meta.url));
const profile = process.argv[2] ?? 'release';
const cargo = (...given) => execFileSync('cargo', given, { cwd: here, stdio: ['ignore', 'pipe', 'inherit'] });

cargo('build', '--locked', '--package', 'kessai-node', '--profile', profile);
const { target_directory: folder } = JSON.parse(
  cargo('metadata', '--format-version', '1', '--no-deps', '--locked'),
);
const names = { darwin: 'libkessai_node.dylib', win32: 'kessai_node.dll' };
const built = join(folder, profile, names[process.platform] ?? 'libkessai_node.so');
// A process that has the old one loaded keeps it.
const placed = join(here, `kessai.${target()}.node`);
copyFileSync(built, `${placed}.new`);
renameSync(`${placed}.new`, placed);
console.log(placed);
