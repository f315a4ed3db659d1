// The card guard, as a shop meets it: before anything is sent.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ipay } from 'kessai';
import { rejection } from './support.mjs';

const VECTORS = new URL('../../tests/vectors/ipay_card_guard.json', import.meta.url);
// Nobody listens there: what the guard lets pass fails for that, and for nothing else.
const CLOSED = 'http://127.0.0.1:9/api';
const COUNT = 100_000;
// So many in one call, each in a place of its own.
const AT_ONCE = 1_000;
const YEN = { amount: 1, currency: 'JPY' };

function aClient(t) {
  const client = new ipay.Client({ key: 'test_k', secret: 'secret_s', baseUrl: CLOSED, maxRetries: 0 });
  t.after(() => client.close());
  return client;
}

/** The same numbers each time. */
function numbers() {
  let state = 1n;
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((state >> 20n) % BigInt(below));
  };
}

function article(digits) {
  const sum = [...digits].reduce((all, digit, place) => all + Number(digit) * (place % 2 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Numbers of articles, of orders, and of moments: a third of each. */
function harmless() {
  const chance = numbers();
  const padded = (number, length) => String(number).padStart(length, '0');
  const kinds = [
    () => article(`${chance(2) ? 45 : 49}${padded(chance(10 ** 10), 10)}`),
    () =>
      `20${20 + chance(20)}${padded(1 + chance(12), 2)}${padded(1 + chance(28), 2)}` +
      padded(chance(10 ** 8), 8),
    () => String((1_577_836_800 + chance(552_163_200)) * [1, 1_000, 1_000_000][chance(3)]),
  ];
  return Array.from({ length: COUNT }, (_, place) => kinds[place % 3]());
}

test('100,000 articles, orders and moments pass', async (t) => {
  const client = aClient(t);
  const codes = harmless();
  for (let start = 0; start < COUNT; start += AT_ONCE) {
    const some = codes.slice(start, start + AT_ONCE);
    const metadata = Object.fromEntries(some.map((code, place) => [`n${place}`, code]));
    const errors = await Promise.all([
      rejection(client.createPayment({ ...YEN, metadata })),
      rejection(client.request('POST', '/x', { codes: some.map(BigInt) })),
    ]);
    for (const error of errors) assert.equal(error.name, 'KessaiConnectionError', inspect(error));
  }
});

test('every card of every network is refused, and never repeated', async (t) => {
  const client = aClient(t);
  const { cards } = JSON.parse(readFileSync(VECTORS, 'utf8'));
  assert.ok(Object.keys(cards).length >= 8);
  for (const number of Object.values(cards).flat()) {
    const spaced = number.match(/.{1,4}/g).join(' ');
    for (const written of [number, spaced, spaced.replaceAll(' ', '-')]) {
      const calls = [
        [() => client.createPayment({ ...YEN, description: written }), 'description'],
        [() => client.createPayment({ ...YEN, metadata: { note: written } }), 'metadata.note'],
        [() => client.createPayment({ ...YEN, metadata: { [written]: 'x' } }), 'metadata.*'],
        [() => client.createCustomer({ name: written }), 'name'],
        [() => client.createRefund({ payment: 'pay_1', reason: written }), 'reason'],
        [() => client.request('POST', '/x', { a: [{ b: written }] }), 'a[0].b'],
        [() => client.request('POST', '/x', { a: BigInt(number) }), 'a'],
      ];
      for (const [call, place] of calls) {
        const error = await rejection(call());
        assert.deepEqual(
          [error.code, error.param, error.outcome, error.name],
          ['ipay.card_data', place, 'not_done', 'InputError'],
        );
        const shown = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}${error.stack}`;
        assert.ok(!shown.includes(written) && !shown.includes(number), place);
      }
    }
  }
});
