// What of iPay needs no service: webhooks, the keys of orders, smallest units.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { currencyExponent, ipay, majorUnits, minorUnits } from 'kessai';
import { PACKAGE, thrown } from './support.mjs';

const SECRET = 'whsec_of_the_tests';

const vectors = (name) =>
  JSON.parse(readFileSync(join(PACKAGE, `../tests/vectors/ipay_${name}.json`), 'utf8')).cases;

function verified({ secrets, body, hex, signature }) {
  const bytes = hex === undefined ? Buffer.from(body) : Buffer.from(hex, 'hex');
  const event = new ipay.Webhooks(secrets).verify(bytes, signature);
  return { ...event.toJSON(), key: event.key, raw: event.rawJson(), secret_index: event.secretIndex };
}

const DO = {
  currency_exponent: ({ currency }) => currencyExponent(currency),
  'ipay.order_key': ({ order, purpose, attempt }) => ipay.orderKey(order, purpose, attempt),
  'ipay.sign': ({ body, secret }) => ipay.sign(body, secret),
  'ipay.verify': verified,
  major_units: ({ minor, currency }) => majorUnits(BigInt(minor), currency),
  minor_units: ({ amount, currency }) => minorUnits(amount, currency),
};

/** As the vectors spell it. */
const spelled = (value) => (typeof value === 'number' ? String(value) : value);

for (const file of ['webhooks', 'order_keys', 'minor_units']) {
  test(`the vectors: ${file}`, () => {
    for (const { name, steps } of vectors(file)) {
      for (const { do: what, with: given, gives, fails } of steps) {
        if (fails) {
          const { code, kind, outcome, param = null } = thrown(() => DO[what](given));
          assert.deepEqual({ code, kind, outcome, param }, { param: null, ...fails }, name);
          continue;
        }
        const told = DO[what](given);
        if (typeof gives === 'string') assert.equal(spelled(told), gives, name);
        // `data` is read here; to the letter it stands in the whole.
        else
          for (const [field, value] of Object.entries(gives)) {
            if (field !== 'data') assert.equal(spelled(told[field]), spelled(value), `${name}: ${field}`);
          }
      }
    }
  });
}

const body = (more) =>
  Buffer.from(
    JSON.stringify({
      id: 'evt_1',
      type: 'payment.succeeded',
      created: 1_763_856_000,
      data: {
        id: 'pay_1',
        status: 'succeeded',
        amount: 2_999,
        currency: 'USD',
        client_secret: 'canary-of-the-page',
        metadata: { orderId: 'A-1' },
      },
      ...more,
    }),
  );

const webhooks = new ipay.Webhooks([SECRET, 'whsec_of_before']);
const verify = (bytes, secret = SECRET) => webhooks.verify(bytes, ipay.sign(bytes, secret));

test('an event has the class of its type, and reads what it is about when asked', () => {
  const event = verify(body(), 'whsec_of_before');
  assert.ok(event instanceof ipay.PaymentSucceeded && event instanceof ipay.AnyEvent);
  assert.deepEqual([event.type, event.key, event.secretIndex], ['payment.succeeded', 'evt_1', 1]);
  assert.equal(event.createdAt.toISOString(), '2025-11-23T00:00:00.000Z');
  assert.ok(event.payment instanceof ipay.Succeeded);
  assert.deepEqual([event.payment.orderId, event.payment.amount], ['A-1', 2_999]);
  assert.deepEqual([event.customer, event.subscription], [null, null]);
  assert.equal(event.data.metadata.orderId, 'A-1');
  assert.equal(event.rawJson(), String(body()));
  for (const [type, name] of [
    ['payment.failed', 'PaymentFailed'],
    ['payment.refunded', 'PaymentRefunded'],
    ['payment.disputed', 'PaymentDisputed'],
    ['payment.forgotten', 'UnknownEvent'],
  ]) {
    assert.equal(verify(body({ type })).constructor, ipay[name]);
  }
  const customer = verify(body({ type: 'customer.created', data: { id: 'cus_1' } }));
  assert.ok(customer instanceof ipay.CustomerCreated);
  assert.equal(customer.customer.id, 'cus_1');
});

test('an event whose object cannot be read passes for none of those that have it', () => {
  const event = verify(body({ data: { id: 'pay_1' } }));
  assert.equal(event.constructor, ipay.UnknownEvent);
  assert.deepEqual([event.type, event.payment, event.data.id], ['payment.succeeded', null, 'pay_1']);
});

test('an event comes back from the text that it was stored as', () => {
  for (const id of ['evt_1', undefined]) {
    const event = verify(body({ id }), 'whsec_of_before');
    const again = ipay.AnyEvent.restore(event.store());
    assert.equal(again.constructor, ipay.PaymentSucceeded);
    assert.deepEqual([again.key, again.secretIndex], [event.key, 1]);
    assert.deepEqual(again.toJSON(), event.toJSON());
    assert.equal(again.payment.id, 'pay_1');
  }
  assert.equal(thrown(() => ipay.AnyEvent.restore('{}')).code, 'input.invalid');
});

test('numbers in the data are exact, wherever they stand', () => {
  for (const [number, told] of [
    ['0.1', '0.1'],
    ['-1e2', '-1e2'],
    ['1E2', '1E2'],
    ['123456789012345', 123456789012345],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740993', '-9007199254740993'],
  ]) {
    for (const text of ['x', '1.5 \\\\', '\\"', '\\\\\\"1.5', '1234567890123456']) {
      const raw = `{"type":"a","${text}":"${text}","data":["${text}",${number},"${text}"]}`;
      assert.deepEqual(verify(Buffer.from(raw)).data, [JSON.parse(`"${text}"`), told, JSON.parse(`"${text}"`)]);
    }
  }
});

test('numbers in the data are exact', () => {
  const raw = '{"type":"a","data":{"rate":0.10,"id":9007199254740993,"whole":12,"e":1e5,"text":"1.5"}}';
  const event = verify(Buffer.from(raw));
  const exact = { rate: '0.10', id: '9007199254740993', whole: 12, e: '1e5', text: '1.5' };
  assert.deepEqual(event.data, exact);
  assert.deepEqual(event.raw, { type: 'a', data: exact });
});

test('whatever is no true signature is the one error', () => {
  const bytes = body();
  const true_ = ipay.sign(bytes, SECRET);
  const bad = [undefined, null, '', true_.slice(1), `${true_}0`, [true_], [true_, true_], 5, {}, 5n];
  bad.push(Symbol('s'), () => true_, new String(true_), Buffer.from(true_));
  for (const signature of bad) {
    const error = thrown(() => webhooks.verify(bytes, signature));
    assert.deepEqual([error.name, error.code], ['SignatureError', 'ipay.bad_signature']);
    assert.equal(ipay.Webhooks.status(error), 401);
  }
  assert.equal(ipay.Webhooks.status(thrown(() => verify(Buffer.from('{}')))), 400);
  assert.equal(ipay.Webhooks.status(new Error('of the shop')), 503);
});

test('the body is the raw one, in any form of bytes', () => {
  const bytes = body();
  const signature = ipay.sign(bytes, SECRET);
  const inside = new Uint8Array([0, ...bytes, 0]).subarray(1, -1);
  for (const form of [bytes, new Uint8Array(bytes), inside, String(bytes), new DataView(inside.buffer, 1, bytes.length)]) {
    assert.equal(webhooks.verify(form, signature).id, 'evt_1');
  }
  for (const parsed of [JSON.parse(String(bytes)), [], null, undefined, 5]) {
    const error = thrown(() => webhooks.verify(parsed, signature));
    assert.deepEqual([error.name, error.param], ['InputError', 'body']);
    assert.match(error.message, /express\.raw/);
  }
});

test('neither an event nor the door shows what belongs into no log', () => {
  const event = verify(body());
  const deep = { depth: 20, showHidden: true };
  const shown = `${inspect(event, deep)}${JSON.stringify(event)}${event}${inspect(webhooks, deep)}`;
  assert.ok(!shown.includes('canary') && !shown.includes('A-1') && !shown.includes(SECRET), shown);
  const { payment } = event;
  assert.equal(payment.clientSecret, 'canary-of-the-page');
  const told = `${inspect(payment, { depth: 20 })}${JSON.stringify(payment)}`;
  assert.ok(!told.includes('canary'), told);
});

test('no float is money', () => {
  for (const act of [
    () => minorUnits(29.99, 'USD'),
    () => minorUnits(Number.NaN, 'USD'),
    () => majorUnits(29.99, 'USD'),
    () => majorUnits(2 ** 53, 'USD'),
    () => minorUnits(2 ** 53, 'JPY'),
  ]) {
    assert.equal(thrown(act).name, 'InputError');
  }
  assert.equal(minorUnits(29n, 'USD'), 2_900);
  assert.equal(minorUnits(29, 'USD'), 2_900);
  for (const bad of [undefined, null]) assert.equal(thrown(() => minorUnits(bad, 'USD')).param, 'amount');
});

// A million with KESSAI_MUTATIONS=1000000.
test('no mutated webhook is accepted, and nothing but the one error comes out', () => {
  const count = Number(process.env.KESSAI_MUTATIONS ?? 20_000);
  let seed = 1;
  const draw = (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const whole = body();
  const signature = ipay.sign(whole, SECRET);
  for (let round = 0; round < count; round += 1) {
    const bytes = Buffer.from(whole);
    let given = bytes;
    let header = signature;
    const at = draw(bytes.length);
    switch (draw(6)) {
      case 0:
        bytes[at] ^= 1 << draw(8);
        break;
      case 1:
        given = bytes.subarray(0, at);
        break;
      case 2:
        given = Buffer.concat([bytes.subarray(0, at), Buffer.from([draw(256)]), bytes.subarray(at)]);
        break;
      case 3: {
        const place = draw(64);
        const digit = ((Number.parseInt(header[place], 16) + 1 + draw(15)) % 16).toString(16);
        header = header.slice(0, place) + digit + header.slice(place + 1);
        break;
      }
      case 4:
        header = header.slice(0, draw(64));
        break;
      default: {
        const place = draw(64);
        header = header.slice(0, place) + String.fromCharCode(0x67 + draw(0xff00)) + header.slice(place + 1);
      }
    }
    try {
      webhooks.verify(given, header);
    } catch (error) {
      if (error.name === 'SignatureError' && error.code === 'ipay.bad_signature') continue;
      assert.fail(`round ${round}: ${inspect(error)}`);
    }
    assert.fail(`round ${round}: accepted`);
  }
});
