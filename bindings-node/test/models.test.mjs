// An invoice on this side: exact, complete, and on its way through a store.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { InputError, zaif } from 'kessai';
import { aSandbox, anOrder, clientOf, thrown } from './support.mjs';

const held = aSandbox();

const RAW = `{"invoiceId":"d7dd735c","created":1434696690,"expired":"1434698490","amount":10800,
  "currency":"btc","rate":30012.50,"btc":"0.3598560","address":"19yhwoY8","status":"on_hold",
  "orderNumber":"A-1","new":{"deep":[1.10,9007199254740993,1e3,7,null]}}`;

const stored = (raw = RAW) => JSON.stringify({ raw, adopted: true });

test('money is exact, times are seconds and dates, what is unknown is kept', () => {
  const invoice = zaif.Invoice.restore(stored());
  assert.equal(invoice.amount, 10_800);
  assert.equal(invoice.coinAmount, '0.3598560');
  assert.equal(invoice.rate, '30012.50');
  assert.equal(invoice.created, 1_434_696_690);
  assert.deepEqual(invoice.createdAt, new Date('2015-06-19T06:51:30Z'));
  assert.equal(invoice.settledAt, null);
  assert.equal(invoice.status, 'on_hold');
  assert.equal(invoice.isSettled, null);
  assert.equal(invoice.adopted, true);
  assert.equal(invoice.rawJson(), RAW);
  assert.deepEqual(invoice.raw.new, { deep: ['1.10', '9007199254740993', '1e3', 7, null] });
  assert.equal(invoice.raw.rate, '30012.50');
});

test('it never changes', () => {
  const invoice = zaif.Invoice.restore(stored());
  assert.throws(() => {
    invoice.amount = 1;
  }, TypeError);
  assert.throws(() => {
    invoice.more = 1;
  }, TypeError);
  assert.ok(Object.isFrozen(invoice));
});

test('it comes back from a store as it was', async (t) => {
  const client = clientOf(t, held);
  const made = await client.createInvoice(anOrder());
  const text = made.store();
  const back = zaif.Invoice.restore(text);
  assert.deepEqual(back, made);
  assert.equal(back.rawJson(), made.rawJson());
  assert.equal(back.eventKey, made.eventKey);
  assert.equal(back.store(), text);
  const wrong = thrown(() => zaif.Invoice.restore('{}'));
  assert.ok(wrong instanceof InputError);
  assert.equal(wrong.param, 'stored');
  assert.equal(thrown(() => zaif.Invoice.restore(5)).param, 'stored');
});

test('it can be written as JSON, cloned and printed', () => {
  const invoice = zaif.Invoice.restore(stored());
  const written = JSON.parse(JSON.stringify(invoice));
  assert.equal(written.coinAmount, '0.3598560');
  assert.deepEqual(structuredClone(invoice), { ...invoice });
  assert.match(inspect(invoice), /^Invoice \{\n {2}invoiceId: 'd7dd735c',/);
  assert.ok(!('raw' in written));
});

test('it is asked what needs no service', () => {
  const paid = zaif.Invoice.restore(stored(RAW.replace('on_hold', 'invalid')));
  assert.match(paid.eventKey, /^[0-9a-f]{64}$/);
  assert.deepEqual(paid.reasons(['paid']).sort(), ['short', 'slow']);
  assert.deepEqual(zaif.Invoice.restore(stored()).reasons([]), []);
  assert.equal(paid.follows('paid'), true);
  assert.equal(paid.follows('complete'), false);
  assert.equal(paid.follows('never_heard_of'), null);
  assert.equal(thrown(() => paid.follows()).param, 'earlier');
  assert.equal(thrown(() => paid.reasons('paid')).param, 'seen');
});

test('the snippet for a page is escaped', async (t) => {
  const client = clientOf(t, held);
  const made = await client.createInvoice(anOrder());
  assert.match(made.iframeHtml(), /<iframe [^>]*src="http:\/\/127\.0\.0\.1:\d+\/invoice\/iframe\//);
});

test('the words of the sets are constants', () => {
  assert.equal(zaif.Status.MONEY_SEEN, undefined);
  assert.equal(zaif.Status.PAID, 'paid');
  assert.equal(zaif.Until.FINAL, 'final');
  assert.ok(Object.isFrozen(zaif.Coin));
});
