// The same call with kessai and with its peers, each used the way its own
// documentation shows, with connections kept alive.

import { createHash } from 'node:crypto';
import http from 'node:http';

const KEY = 'sandbox_key';
const SECRET = 'sandbox_secret';
const DIGEST = createHash('sha1').update(SECRET).digest('hex');
const HEADERS = {
  key: KEY,
  sha1secret: DIGEST,
  'content-type': 'application/x-www-form-urlencoded',
};
const PATIENCE_MS = 15_000;

/** Writes one request as a shop's own client would. */
function form() {
  const micros = process.hrtime.bigint() / 1000n;
  const nonce = `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`;
  return new URLSearchParams({
    method: 'createInvoice',
    nonce,
    currency: 'btc',
    amount: '10800',
    orderNumber: 'A-1',
    key: KEY,
    sha1secret: DIGEST,
  }).toString();
}

const url = (port) => `http://127.0.0.1:${port}/ecapi`;

/** Each peer: given a port and how many calls there will be at once, a call. */
export const CLIENTS = {
  async kessai(port, atOnce) {
    const { zaif } = await import('../../bindings-node/index.mjs');
    const client = new zaif.Client({
      key: KEY,
      secret: SECRET,
      endpoint: `http://localhost:${port}/ecapi`,
      window: atOnce,
      threads: atOnce,
    });
    const order = { currency: 'btc', amount: 10_800, orderNumber: 'A-1' };
    return async () => (await client.createInvoice(order)).address;
  },

  /** Ours, for a card. */
  async payment(port, atOnce) {
    const { ipay } = await import('../../bindings-node/index.mjs');
    const client = new ipay.Client({
      key: 'test_key',
      secret: 'secret_key',
      baseUrl: `http://localhost:${port}/api`,
      threads: atOnce,
    });
    const order = { amount: 10_800, currency: 'JPY', metadata: { orderId: 'A-1' } };
    return async () => (await client.createPayment(order)).id;
  },

  async http(port, atOnce) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
    return () =>
      new Promise((resolve, reject) => {
        const body = form();
        const request = http.request(
          url(port),
          {
            method: 'POST',
            agent,
            headers: { ...HEADERS, 'content-length': Buffer.byteLength(body) },
            timeout: PATIENCE_MS,
          },
          (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts)).return.address));
          },
        );
        request.on('error', reject);
        request.end(body);
      });
  },

  async undici(port, atOnce) {
    const { Agent, request } = await import('undici');
    const dispatcher = new Agent({ connections: atOnce });
    return async () => {
      const answer = await request(url(port), {
        method: 'POST',
        dispatcher,
        headers: HEADERS,
        body: form(),
        signal: undefined,
        bodyTimeout: PATIENCE_MS,
        headersTimeout: PATIENCE_MS,
      });
      return (await answer.body.json()).return.address;
    };
  },

  async fetch(port) {
    return async () => {
      const answer = await fetch(url(port), {
        method: 'POST',
        headers: HEADERS,
        body: form(),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return (await answer.json()).return.address;
    };
  },

  async axios(port, atOnce) {
    const { default: axios } = await import('axios');
    const client = axios.create({
      httpAgent: new http.Agent({ keepAlive: true, maxSockets: atOnce }),
      timeout: PATIENCE_MS,
      headers: HEADERS,
    });
    return async () => (await client.post(url(port), form())).data.return.address;
  },

  async stripe(port) {
    const { default: Stripe } = await import('stripe');
    const client = new Stripe('sk_test_sandbox', { host: '127.0.0.1', port, protocol: 'http' });
    const parameters = { amount: 10_800, currency: 'jpy', metadata: { order: 'A-1' } };
    return async () => (await client.paymentIntents.create(parameters)).success;
  },

  async ccxt(port) {
    const { default: ccxt } = await import('ccxt');
    const exchange = new ccxt.zaif({ apiKey: KEY, secret: SECRET, enableRateLimit: false });
    exchange.urls.api = { rest: `http://127.0.0.1:${port}` };
    const order = { currency: 'btc', amount: '10800', orderNumber: 'A-1' };
    return async () => (await exchange.request('createInvoice', 'ecapi', 'POST', { ...order })).return.address;
  },
};
