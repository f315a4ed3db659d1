// What iPay's client does by itself, seen from the other end of its connections.

import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { AbortError, ipay } from 'kessai';
import { rejection, run, thrown } from './support.mjs';

const PAYMENT = { id: 'pay_1', status: 'succeeded', amount: 1, currency: 'JPY', metadata: {} };

/** A service that answers as it is told, and keeps what it was asked. */
async function aService(t, answer = () => [200, PAYMENT]) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const { method, url, headers } = request;
    const asked = { method, url, headers, body: String(Buffer.concat(parts)) };
    requests.push(asked);
    const [status, body, more] = await answer(asked, requests.length);
    response.writeHead(status, { 'Content-Type': 'application/json', ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, baseUrl: `http://127.0.0.1:${server.address().port}/api` };
}

function clientOf(t, { baseUrl }, options) {
  const who = options && ['token', 'tokenSource', 'clientId'].some((name) => name in options);
  const client = new ipay.Client({
    baseUrl,
    ...(who ? {} : { key: 'test_canary-key', secret: 'secret_canary-secret' }),
    ...options,
  });
  t.after(() => client.close());
  return client;
}

test('JSON goes out to the letter, and comes back exactly', async (t) => {
  const service = await aService(t, () => [200, '{"rate":0.10,"big":12345678901234567890,"n":5}']);
  const client = clientOf(t, service);
  const body = {
    whole: 5,
    big: 2n ** 70n,
    text: '決 "済" \u2028',
    list: [1, 'x', null, true, { deep: [] }],
    gone: undefined,
    __proto__: null,
  };
  const told = await client.request('POST', '/x', body);
  assert.deepEqual(told, { rate: '0.10', big: '12345678901234567890', n: 5 });
  const sent = service.requests[0].body;
  assert.equal(
    sent,
    '{"whole":5,"big":1180591620717411303424,"text":"決 \\"済\\" \u2028","list":[1,"x",null,true,{"deep":[]}]}',
  );
});

test('what JSON cannot hold exactly is refused by its place', async (t) => {
  const client = clientOf(t, await aService(t));
  const round = {};
  round.round = round;
  for (const [body, param] of [
    [{ a: { price: 29.99 } }, 'body.a.price'],
    [{ n: Number.NaN }, 'body.n'],
    [{ n: 2 ** 53 }, 'body.n'],
    [{ at: new Date() }, 'body.at'],
    [{ act() {} }, 'body.act'],
    [{ s: Symbol('s') }, 'body.s'],
    [[undefined], 'body'],
    [{ half: '\ud800' }, 'body.half'],
    [round, undefined],
    [new Map(), 'body'],
  ]) {
    const error = await rejection(client.request('POST', '/x', body));
    assert.equal(error.name, 'InputError', inspect(error));
    if (param) assert.equal(error.param, param);
  }
});

test('a token is asked for each call, at once or later, and is what the call bears', async (t) => {
  const service = await aService(t);
  let count = 0;
  const tokenSource = async () => {
    await sleep(5);
    count += 1;
    return `token-${count}`;
  };
  const client = clientOf(t, service, { tokenSource });
  await client.getPayment('pay_1');
  await client.getPayment('pay_1');
  const at_once = clientOf(t, service, { tokenSource: () => 'now' });
  await Promise.all(Array.from({ length: 64 }, () => at_once.getPayment('pay_1')));
  const borne = service.requests.map(({ headers }) => headers.authorization);
  assert.deepEqual(borne.slice(0, 2), ['Bearer token-1', 'Bearer token-2']);
  assert.deepEqual(new Set(borne.slice(2)), new Set(['Bearer now']));
});

test('a token that is refused is asked for once more', async (t) => {
  const service = await aService(t, ({ headers }) =>
    headers.authorization === 'Bearer new' ? [200, PAYMENT] : [401, { message: 'no' }],
  );
  const tokens = ['old', 'new'];
  const client = clientOf(t, service, { tokenSource: () => tokens.shift() });
  assert.ok((await client.getPayment('pay_1')) instanceof ipay.Succeeded);
  assert.equal(service.requests.length, 2);
});

test('what the source throws ends the call, and is its cause', async (t) => {
  const service = await aService(t);
  const problem = new Error('the vault is closed');
  for (const tokenSource of [
    () => {
      throw problem;
    },
    async () => {
      throw problem;
    },
  ]) {
    const error = await rejection(clientOf(t, service, { tokenSource }).getPayment('pay_1'));
    assert.deepEqual([error.name, error.outcome], ['AuthenticationError', 'not_done']);
    assert.equal(error.cause, problem);
  }
  for (const bad of [undefined, null, 5, '', 'two words\n']) {
    const client = clientOf(t, service, { tokenSource: () => bad });
    const error = await rejection(client.createPayment({ amount: 1, currency: 'JPY' }));
    assert.deepEqual([error.name, error.outcome], ['AuthenticationError', 'not_done']);
    assert.ok(error.cause, 'a cause');
  }
  assert.equal(service.requests.length, 0);
  assert.equal(thrown(() => new ipay.Client({ tokenSource: 'x' })).param, 'tokenSource');
});

test('a source that never answers costs no more than the call has time', async (t) => {
  const service = await aService(t);
  const client = clientOf(t, service, { tokenSource: () => new Promise(() => {}), timeout: 60_000 });
  const began = performance.now();
  const error = await rejection(client.getPayment('pay_1', { timeout: 200 }));
  assert.equal(error.outcome, 'not_done');
  assert.ok(performance.now() - began < 5_000);
  const signal = AbortSignal.timeout(100);
  const aborted = await rejection(client.getPayment('pay_1', { signal }));
  assert.ok(aborted instanceof AbortError);
  assert.equal(aborted.outcome, 'not_done');
  assert.ok(performance.now() - began < 10_000);
  assert.equal(service.requests.length, 0);
});

test('a client that is closed still gives the calls under way their tokens', async (t) => {
  const service = await aService(t);
  let closed;
  const client = clientOf(t, service, {
    tokenSource: async () => {
      closed = client.close();
      await sleep(20);
      return 'late';
    },
  });
  assert.ok((await client.getPayment('pay_1')) instanceof ipay.Succeeded);
  await closed;
});

test('a worker that ends while a token is wanted holds nobody up', async () => {
  const text = `
    const { ipay } = require('kessai');
    const { parentPort } = require('node:worker_threads');
    const client = new ipay.Client({
      baseUrl: 'http://127.0.0.1:9/api',
      timeout: 600_000,
      tokenSource: () => { parentPort.postMessage('asked'); return new Promise(() => {}); },
    });
    client.getPayment('pay_1').catch(() => {});
  `;
  const program = `
    const { Worker } = require('node:worker_threads');
    let left = 5;
    for (let i = 0; i < 5; i += 1) {
      const worker = new Worker(${JSON.stringify(text)}, { eval: true });
      worker.once('message', async () => {
        await worker.terminate();
        left -= 1;
        if (left === 0) console.log('over');
      });
    }
  `;
  const ended = await run(['-e', program], { limit: 30_000 });
  assert.deepEqual([ended.status, ended.out.trim(), ended.err], [0, 'over', '']);
});

test('one key goes with every try of a call, and the error tells it', async (t) => {
  const service = await aService(t, (_, count) =>
    count < 3 ? [503, { message: 'later' }] : [200, PAYMENT],
  );
  const client = clientOf(t, service);
  await client.createPayment({ amount: 1, currency: 'JPY' });
  const keys = new Set(service.requests.map(({ headers }) => headers['idempotency-key']));
  assert.equal(keys.size, 1);
  const declined = await aService(t, () => [
    402,
    {
      message: 'declined',
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      request_id: 'req_1',
      payment: { id: 'pay_9', status: 'failed' },
    },
  ]);
  const pay = clientOf(t, declined).createPayment({ amount: 1, currency: 'JPY', idempotencyKey: 'k-1' });
  const error = await rejection(pay);
  assert.equal(error.name, 'CardError');
  const { declineCode, paymentId, serviceCode, idempotencyKey, requestId, outcome } = error;
  assert.deepEqual(
    { declineCode, paymentId, serviceCode, idempotencyKey, requestId, outcome },
    {
      declineCode: 'insufficient_funds',
      paymentId: 'pay_9',
      serviceCode: 'card_declined',
      idempotencyKey: 'k-1',
      requestId: 'req_1',
      outcome: 'not_done',
    },
  );
  assert.equal(error.toJSON().declineCode, 'insufficient_funds');
});

test('an abort carries what finds the payment again', async (t) => {
  const service = await aService(t, async (asked, count) => {
    if (count === 1) await sleep(60_000, undefined, { ref: false });
    return [200, PAYMENT];
  });
  const client = clientOf(t, service, { maxRetries: 0 });
  const controller = new AbortController();
  const paying = client.createPayment({ amount: 1, currency: 'JPY', signal: controller.signal });
  const end = performance.now() + 10_000;
  while (service.requests.length === 0 && performance.now() < end) await sleep(5);
  controller.abort();
  const error = await rejection(paying);
  assert.ok(error instanceof AbortError, inspect(error));
  assert.equal(error.outcome, 'unknown');
  assert.ok(error.resume);
  assert.ok(!inspect(error).includes(error.resume));
  assert.ok((await client.resumePayment(error.resume)) instanceof ipay.Succeeded);
  const keys = service.requests.map(({ headers }) => headers['idempotency-key']);
  assert.equal(keys[0], keys[1]);
});

test('a list asks for a page when it is walked to, and starts anew each time', async (t) => {
  const service = await aService(t, ({ url }) => {
    const after = new URL(url, 'http://x').searchParams.get('starting_after');
    const first = after === null ? 0 : Number(after.slice(4)) + 1;
    const data = [first, first + 1].map((n) => ({ ...PAYMENT, id: `pay_${n}` }));
    return [200, { object: 'list', data, has_more: first < 4 }];
  });
  const client = clientOf(t, service);
  const list = client.listPayments({ limit: 2 });
  assert.equal(service.requests.length, 0);
  const ids = [];
  for await (const payment of list) ids.push(payment.id);
  assert.deepEqual(ids, ['pay_0', 'pay_1', 'pay_2', 'pay_3', 'pay_4', 'pay_5']);
  for await (const payment of list) {
    assert.equal(payment.id, 'pay_0');
    break;
  }
  assert.equal(service.requests.length, 4);
  const pages = [];
  for await (const { items, next } of list.pages()) pages.push([items.length, next]);
  assert.deepEqual(pages, [[2, 'pay_1'], [2, 'pay_3'], [2, null]]);
  const bad = client.listPayments({ limits: 2 });
  assert.equal((await rejection(bad[Symbol.asyncIterator]().next())).param, 'limits');
});

test('neither credential nor card is in anything that is shown', async (t) => {
  const card = '4242424242424242';
  const secretive = { ...PAYMENT, status: 'requires_action', client_secret: 'canary-of-the-page' };
  const service = await aService(t, ({ url, headers }) =>
    url === '/api/tokens'
      ? [400, { message: `bad ${headers.authorization}`, code: 'invalid_request' }]
      : [200, { ...secretive, next_action: { type: 'use_sdk' } }],
  );
  const events = [];
  const client = clientOf(t, service, { onEvent: (event) => events.push(event) });
  const page = new ipay.PublishableClient({ publishableKey: 'pk_test_canary', baseUrl: service.baseUrl });
  t.after(() => page.close());
  const tokenize = { number: card, expMonth: 1, expYear: 2030, cvc: '987' };
  const refused = await rejection(page.createToken(tokenize));
  const payment = await client.createPayment({ amount: 1, currency: 'JPY' });
  assert.ok(payment instanceof ipay.NeedsAction);
  assert.equal(payment.clientSecret, 'canary-of-the-page');
  const guarded = await rejection(
    client.createPayment({ amount: 1, currency: 'JPY', metadata: { note: card } }),
  );
  assert.deepEqual([guarded.name, guarded.outcome], ['InputError', 'not_done']);
  const deep = { depth: 20 };
  for (const object of [client, page, payment, refused, guarded, events]) {
    const shown = `${inspect(object, deep)}${JSON.stringify(object)}${object.stack ?? ''}`;
    assert.ok(!shown.includes('canary') && !shown.includes(card), shown);
  }
  assert.equal(service.requests.length, 2);
});

test('who calls is told in one way', () => {
  for (const [given, param] of [
    [{}, 'key'],
    [{ key: 'test_k' }, 'secret'],
    [{ key: 'test_k', secret: 's', token: 't' }, 'key'],
    [{ clientId: 'c' }, 'clientSecret'],
    [{ key: 5, secret: 's' }, 'key'],
    [{ key: 'live_k', secret: 's', mode: 'sandbox' }, 'key'],
  ]) {
    const error = thrown(() => new ipay.Client(given));
    assert.deepEqual([error.name, error.param], ['InputError', param]);
  }
  assert.equal(thrown(() => ipay.Client.fromEnv({ key: 'live_k' })).code, 'input.unknown');
  assert.equal(thrown(() => new ipay.PublishableClient({ tokenSource: () => 't' })).code, 'input.unknown');
});
