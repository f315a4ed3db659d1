// The processes of a cluster share their nonces through one file.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aSandbox, run } from './support.mjs';

const held = aSandbox();
const WORKERS = 4;
const CALLS = 25;

test('no nonce is sent twice, and every call is served', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-cluster-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { sandbox } = held;
  const { key, secret, endpoint } = sandbox.zaif;
  const ended = await run(['test/programs/cluster.cjs'], {
    env: {
      WORKERS: String(WORKERS),
      CALLS: String(CALLS),
      ZAIF_API_KEY: key,
      ZAIF_API_SECRET: secret,
      ZAIF_ENDPOINT: endpoint,
      KESSAI_NONCES: `file:${join(folder, 'nonces')}`,
    },
    limit: 120_000,
  });
  assert.deepEqual([ended.status, ended.err], [0, '']);
  const { requests, invoices } = await sandbox.ledger();
  const nonces = requests.map((row) => row.nonce).filter((nonce) => nonce !== null);
  assert.ok(nonces.length >= WORKERS * CALLS);
  assert.equal(new Set(nonces).size, nonces.length);
  const orders = invoices.map((invoice) => invoice.order_number);
  assert.equal(orders.length, WORKERS * CALLS);
  assert.equal(new Set(orders).size, orders.length);
  t.diagnostic(`${nonces.length} nonces from ${WORKERS} processes`);
});
