// The package that is tested: the folder in KESSAI_NODE_PACKAGE, else what Node itself finds
// under its name.

import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where it is. */
export const folder = process.env.KESSAI_NODE_PACKAGE
  ? resolve(process.env.KESSAI_NODE_PACKAGE)
  : dirname(createRequire(import.meta.url).resolve('kessai/package.json'));

/** All that it exports. */
export const kessai = await import(pathToFileURL(join(folder, 'index.mjs')));
