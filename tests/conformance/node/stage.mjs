// The sandbox in which a case plays: its own account, controls and books.

import { createHmac } from 'node:crypto';

const LIVE = ['new', 'paid', 'confirmed', 'complete'];

export class Stage {
  #url = process.env.KESSAI_TEST_URL;
  #ipay;

  /** A sandbox as it is at the start, with keys that no case had before. */
  static async begin(number) {
    const stage = new Stage();
    stage.#ipay = (await stage.act('reset', { seed: number })).ipay;
    return stage;
  }

  /** Who calls in a case, and where. */
  async account(client, key) {
    if (client === 'zaif') return this.#zaif(key ?? {});
    const { base_url, client_id, client_secret, publishable_key, secret } = this.#ipay;
    const known = {
      unknown: { key: 'test_unknown', secret: 'secret_unknown' },
      wrong_secret: { key: this.#ipay.key, secret: 'secret_wrong' },
      client_credentials: { client_id, client_secret },
      jwt: { token: this.#jwt() },
      token_source: { token_source: () => this.#jwt() },
    };
    if (client === 'ipay.publishable') return { publishable_key, base_url };
    if (key === undefined) return { key: this.#ipay.key, secret, base_url };
    return { ...(typeof key === 'string' ? known[key] : key), base_url };
  }

  /** A token that is signed with the API secret. */
  #jwt() {
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const parts = [{ alg: 'HS256', typ: 'JWT' }, { iss: this.#ipay.key, exp }];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = createHmac('sha256', this.#ipay.secret).update(signed).digest('base64url');
    return `${signed}.${signature}`;
  }

  async #zaif(key) {
    const account =
      key === 'unknown'
        ? { key: '00000000-0000-0000-0000-000000000000', secret: 'no_secret' }
        : await this.act('zaif/keys', key === 'wrong_secret' ? {} : key);
    const secret = key === 'wrong_secret' ? 'not_the_secret' : account.secret;
    return { key: account.key, secret, endpoint: process.env.KESSAI_TEST_ENDPOINT };
  }

  /** Acts through the control API. */
  act(path, body) {
    return this.#control(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** An order's invoices as the sandbox's books have them: their ids, and how many are live. */
  async books(order) {
    const { invoices } = await this.#control('ledger');
    const ours = invoices.filter((invoice) => invoice.order_number === order);
    const live = ours.filter((invoice) => LIVE.includes(invoice.status)).length;
    return { ids: ours.map((invoice) => invoice.invoice_id), live };
  }

  /** The methods that were called, but for the question for the time. */
  async calls() {
    const { requests } = await this.#control('ledger');
    const methods = requests.map((row) => row.method);
    return methods.filter((method) => method !== 'getSupportedCurrencies');
  }

  /** The requests of a call of iPay: which came, and with which keys. */
  async wire(call) {
    const rows = (await this.#control('ledger')).requests.filter((row) => row.method === call);
    const keys = rows.map((row) => row.idempotency_key);
    return {
      tries: rows.length,
      executed: rows.filter((row) => row.executed).length,
      replayed: rows.filter((row) => row.replayed).length,
      keys: keys.filter((key, at) => at === 0 || key !== keys[at - 1]),
    };
  }

  /** Every object of iPay of this kind, in the order in which they were made. */
  async made(kind) {
    return (await this.#control('ledger')).ipay[kind];
  }

  /** The last delivery of an event, and the secret for it. */
  async delivered(event) {
    const { deliveries } = await this.#control('deliveries');
    const found = deliveries.filter((delivery) => JSON.parse(delivery.body).type === event).pop();
    if (found === undefined) return undefined;
    const signature = Object.fromEntries(found.headers)['ipay-signature'];
    return { body: found.body, signature, secret: this.#ipay.webhook_secret };
  }

  async #control(path, options) {
    const answer = await fetch(`${this.#url}/_sandbox/${path}`, options);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }
}
