// The rows of the core's tables, as the data tells them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(process.env.KESSAI_TEST_DATA, 'vectors/surface.json');

/** Every part of the surface. */
export const surface = JSON.parse(readFileSync(file, 'utf8'));
