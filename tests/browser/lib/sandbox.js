// A sandbox of this test's own, and the calls a shop would make.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';

const BINARY = process.env.KESSAI_SANDBOX ?? new URL('../../../target/release/kessai-sandbox', import.meta.url).pathname;

export class Sandbox {
  static async start(...options) {
    const child = spawn(BINARY, options, { stdio: ['ignore', 'pipe', 'ignore'] });
    const started = new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${BINARY} ended with ${code}`)));
    });
    const sandbox = new Sandbox();
    sandbox.child = child;
    const line = JSON.parse(await started);
    sandbox.url = line.url;
    sandbox.zaif = line.zaif;
    sandbox.ipay = line.ipay;
    sandbox.nonce = 0;
    return sandbox;
  }

  stop() {
    this.child.kill();
  }

  async call(method, parameters = {}) {
    this.nonce += 1;
    const digest = createHash('sha1').update(this.zaif.secret).digest('hex');
    const answer = await fetch(this.zaif.endpoint, {
      method: 'POST',
      headers: { key: this.zaif.key, sha1secret: digest },
      body: new URLSearchParams({ method, nonce: this.nonce, ...parameters }),
    });
    const { success, return: result } = await answer.json();
    if (success !== 1) throw new Error(`${method}: ${result}`);
    return result;
  }

  // An invoice over 10,800 yen that has everything a page can show.
  create(parameters = {}) {
    return this.call('createInvoice', {
      currency: 'btc',
      amount: '10800',
      merchantName: '見本ショップ',
      itemName: 'コーヒー豆 200g',
      orderNumber: 'A-1001',
      tax: '982',
      ...parameters,
    });
  }

  async ipayCall(method, path, body, bearer) {
    const { base_url: base, key, secret } = this.ipay;
    const basic = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    const headers = { authorization: bearer ? `Bearer ${bearer}` : basic, 'content-type': 'application/json' };
    const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
    const result = await answer.json();
    // A payment that was declined is one all the same.
    if (!answer.ok && answer.status !== 402) throw new Error(`${path}: ${result.message}`);
    return result;
  }

  ipayGet(path) {
    return this.ipayCall('GET', path);
  }

  ipayPost(path, body) {
    return this.ipayCall('POST', path, body);
  }

  // A payment with the test card of this number.
  async charge(number, parameters = {}) {
    const card = { number, exp_month: 12, exp_year: 2099, cvc: '123' };
    const token = await this.ipayCall('POST', '/tokens', { card }, this.ipay.publishable_key);
    return this.chargeToken(token.id, parameters);
  }

  async chargeToken(token, parameters = {}) {
    const method = await this.ipayPost('/payment_methods', { type: 'card', token });
    return this.ipayPost('/payments', { amount: 2999, currency: 'USD', payment_method: method.id, confirm: true, ...parameters });
  }

  async control(path, body = {}) {
    const answer = await fetch(`${this.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }

  pay(id, amount) {
    return this.control(`zaif/invoices/${id}/pay`, amount ? { amount } : {});
  }

  mine(blocks) {
    return this.control('zaif/mine', { coin: 'btc', blocks });
  }

  advance(seconds) {
    return this.control('clock', { advance: seconds });
  }

  freeze() {
    return this.control('clock', { freeze: true });
  }
}
