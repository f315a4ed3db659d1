// Makes the same call with kessai or a peer: `client.mjs WHICH PORT CALLS`.
// Prints nanoseconds of processor and of wall for a call.

import { CLIENTS } from './clients.mjs';

const [which, port, count] = process.argv.slice(2);
const calls = Number(count);
const call = await CLIENTS[which](Number(port), 4);
for (let number = 0; number < calls / 10; number += 1) await call();
const cpu = process.cpuUsage();
const wall = process.hrtime.bigint();
for (let number = 0; number < calls; number += 1) await call();
const { user, system } = process.cpuUsage(cpu);
const took = Number(process.hrtime.bigint() - wall);
console.log(Math.round(((user + system) * 1000) / calls), Math.round(took / calls));
process.exit(0);
