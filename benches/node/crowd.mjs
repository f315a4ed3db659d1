// Many promises at once through one client: `crowd.mjs WHICH PORT AT_ONCE CALLS`.
// Prints calls a second and nanoseconds of processor for a call.

import { CLIENTS } from './clients.mjs';

const [which, port, ...counts] = process.argv.slice(2);
const [atOnce, calls] = counts.map(Number);
const call = await CLIENTS[which](Number(port), atOnce);

async function make(total) {
  let left = total;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

await make(atOnce);
const cpu = process.cpuUsage();
const wall = process.hrtime.bigint();
await make(calls);
const { user, system } = process.cpuUsage(cpu);
const seconds = Number(process.hrtime.bigint() - wall) / 1e9;
console.log(Math.round(calls / seconds), Math.round(((user + system) * 1000) / calls));
process.exit(0);
