// Plays the cases of one data file, and tells on a line each how it went.
//
//     node conform.mjs scenarios/journeys.json
//
// With the package in KESSAI_NODE_PACKAGE. ../README.md tells what a case is.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Player } from './player.mjs';
import { Stage } from './stage.mjs';
import { compareSurface } from './surface.mjs';
import { Different } from './told.mjs';

const [file] = process.argv.slice(2);
const data = JSON.parse(readFileSync(join(process.env.KESSAI_TEST_DATA, file), 'utf8'));
const group = basename(file, '.json');
const match = process.env.KESSAI_TEST_MATCH ?? '';

function tell(name, why) {
  const line = { case: `${group}/${name}`, ok: why === null, why };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Plays a case; gives what went wrong. The next one is not to blame for an error. */
async function played(given, number) {
  try {
    await new Player(await Stage.begin(number)).play(given);
    return null;
  } catch (problem) {
    return problem instanceof Different ? problem.message : String(problem.stack);
  }
}

if (group === 'surface') {
  for (const [part, why] of compareSurface(data)) tell(part, why);
} else {
  for (const [at, given] of data.cases.entries()) {
    const ours = (given.in ?? ['node']).includes('node');
    if (ours && `${group}/${given.name}`.includes(match)) {
      tell(given.name, await played(given, at + 1));
    }
  }
}
