'use strict';

// A shop of WORKERS processes, each of which makes CALLS invoices at once.

const cluster = require('node:cluster');
const { zaif } = require('kessai');

const { WORKERS, CALLS } = process.env;

async function work() {
  const client = zaif.Client.fromEnv({ timeout: 60_000 });
  const one = (_, number) =>
    client.createInvoice({ currency: 'btc', amount: 500, orderNumber: `C-${process.pid}-${number}` });
  await Promise.all(Array.from({ length: Number(CALLS) }, one));
  // What ties a worker to its primary keeps it alive.
  cluster.worker.disconnect();
}

if (cluster.isPrimary) {
  for (let number = 0; number < Number(WORKERS); number += 1) cluster.fork();
  cluster.on('exit', (worker, status) => {
    process.exitCode ||= status;
  });
} else {
  work();
}
