'use strict';

// The iPay half of a sandbox: its credentials, clients that have them, and what only a
// customer or a bank can do.

/** The options of a client that say who it is. */
const WHO = ['key', 'secret', 'clientId', 'clientSecret', 'token', 'tokenSource'];

class SandboxIpay {
  #control;
  #where;

  /** Of what the sandbox says when it is ready; `control` steers it. */
  constructor(ready, caFile, control) {
    this.baseUrl = ready.base_url;
    this.key = ready.key;
    this.secret = ready.secret;
    this.publishableKey = ready.publishable_key;
    this.webhookSecret = ready.webhook_secret;
    this.clientId = ready.client_id;
    this.clientSecret = ready.client_secret;
    this.#where = { baseUrl: this.baseUrl, ...(caFile && { caFile }) };
    this.#control = control;
  }

  /** A client with the account's key, or with what the options say instead. */
  client(options = {}) {
    const { Client } = require('./ipay.js');
    const who = WHO.some((name) => name in options) ? {} : { key: this.key, secret: this.secret };
    return new Client({ ...this.#where, ...who, ...options });
  }

  /** A client with the publishable key, which makes tokens of test cards. */
  publishableClient(options) {
    const { PublishableClient } = require('./ipay.js');
    return new PublishableClient({
      ...this.#where,
      publishableKey: this.publishableKey,
      ...options,
    });
  }

  /** What tells the sandbox's webhooks from forged ones. */
  webhooks() {
    const { Webhooks } = require('./ipay-webhooks.js');
    return new Webhooks(this.webhookSecret);
  }

  /** What makes a payment method of a test card, as a customer's page and a shop do. */
  async paymentMethod(number = '4242424242424242', { customer } = {}) {
    const [page, shop] = [this.publishableClient(), this.client()];
    try {
      const card = { number, expMonth: 12, expYear: 2099, cvc: '123' };
      const { id: token } = await page.createToken(card);
      return await shop.createPaymentMethod({ type: 'card', token, customer });
    } finally {
      await Promise.all([page.close(), shop.close()]);
    }
  }

  /** Sends events to an address on this machine: all of them, or those that are named. */
  registerWebhook(url, events) {
    return this.#control('ipay/webhook_endpoints', { url, ...(events && { events }) });
  }

  /** Accepts or refuses what 3-D Secure asks, as the customer does. */
  authenticate(paymentId, ok = true) {
    return this.#control(`ipay/payments/${encodeURIComponent(paymentId)}/authenticate`, { ok });
  }

  /** Ends what is `processing`, such as a bank transfer: well, or not. */
  settle(paymentId, ok = true) {
    return this.#control(`ipay/payments/${encodeURIComponent(paymentId)}/settle`, { ok });
  }

  /** Disputes a payment, as the customer's bank does. */
  dispute(paymentId) {
    return this.#control(`ipay/payments/${encodeURIComponent(paymentId)}/dispute`, {});
  }

  /** Ends every access token. */
  revokeTokens() {
    return this.#control('ipay/tokens/revoke', {});
  }
}

module.exports = { SandboxIpay };
