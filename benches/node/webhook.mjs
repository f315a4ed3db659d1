// Checks a signed webhook of 2 KB with kessai or a peer: `webhook.mjs WHICH CALLS`.
// Prints nanoseconds of processor for one.

import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = 'whsec_sandbox';
const BYTES = 2_048;

/** A payment that succeeded, with a description that fills it up. */
function event(description) {
  return JSON.stringify({
    id: 'evt_3c1d0000000000000001',
    object: 'event',
    type: 'payment.succeeded',
    created: 1_732_291_200,
    data: {
      id: 'pay_3c1d0000000000000001',
      object: 'payment',
      amount: 10_800,
      currency: 'JPY',
      status: 'succeeded',
      customer: 'cus_3c1d0000000000000001',
      payment_method: 'pm_3c1d0000000000000001',
      description,
      metadata: { orderId: 'A-1', customerId: 'C-17' },
      capture_method: 'automatic',
      next_action: null,
      amount_captured: 10_800,
      amount_refunded: 0,
      created: 1_732_291_200,
    },
  });
}

const BODY = Buffer.from(event('x'.repeat(BYTES - event('').length)));
const digest = (...parts) => {
  const hmac = createHmac('sha256', SECRET);
  parts.forEach((part) => hmac.update(part));
  return hmac.digest('hex');
};
const SIGNATURE = digest(BODY);

/** Each: given nothing, what checks one webhook. */
const CHECKS = {
  /** Ours, down to the data as JavaScript's own objects. */
  async kessai() {
    const { ipay } = await import('../../bindings-node/index.mjs');
    const webhooks = new ipay.Webhooks(SECRET);
    return () => webhooks.verify(BODY, SIGNATURE).data.metadata.orderId;
  },

  /** Ours, asked for nothing but its type. */
  async verify() {
    const { ipay } = await import('../../bindings-node/index.mjs');
    const webhooks = new ipay.Webhooks(SECRET);
    return () => webhooks.verify(BODY, SIGNATURE).type;
  },

  /** Ours, down to the payment with all that it can do. */
  async payment() {
    const { ipay } = await import('../../bindings-node/index.mjs');
    const webhooks = new ipay.Webhooks(SECRET);
    return () => webhooks.verify(BODY, SIGNATURE).payment.orderId;
  },

  /** What a careful shop writes itself. */
  async by_hand() {
    return () => {
      const expected = createHmac('sha256', SECRET).update(BODY).digest();
      const given = Buffer.from(SIGNATURE, 'hex');
      if (given.length !== 32 || !timingSafeEqual(given, expected)) throw new Error('not true');
      return JSON.parse(BODY.toString()).data.metadata.orderId;
    };
  },

  /** Another payment service's library, with its own scheme. */
  async stripe() {
    const { default: Stripe } = await import('stripe');
    const stripe = new Stripe('sk_test_sandbox');
    const now = Math.floor(Date.now() / 1000);
    const header = `t=${now},v1=${digest(`${now}.`, BODY)}`;
    return () => stripe.webhooks.constructEvent(BODY, header, SECRET).data.metadata.orderId;
  },
};

const [which, count] = process.argv.slice(2);
const calls = Number(count);
const check = await CHECKS[which]();
for (let number = 0; number < calls / 10; number += 1) check();
const cpu = process.cpuUsage();
for (let number = 0; number < calls; number += 1) check();
const { user, system } = process.cpuUsage(cpu);
console.log(Math.round(((user + system) * 1000) / calls));
process.exit(0);
