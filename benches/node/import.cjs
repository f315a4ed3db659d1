// What a require costs: `import.cjs MODULE`. Prints nanoseconds and by how many
// bytes the resident memory grew.

const { readFileSync } = require('node:fs');

const resident = () => Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096;

// The meter costs something itself, the first times.
resident();
resident();
const memory = resident();
const began = process.hrtime.bigint();
require(process.argv[2] === 'kessai' ? '../../bindings-node/index.js' : process.argv[2]);
const took = process.hrtime.bigint() - began;
console.log(String(took), resident() - memory);
