// What is meant to be written with iPay.

import { type CardError, ipay, majorUnits, minorUnits } from 'kessai';
import { Sandbox } from 'kessai/testing';

declare function ship(paid: ipay.Succeeded): void;
declare function show(clientSecret: string, nextAction: NonNullable<unknown>): void;

export async function shop(client: ipay.Client, paymentMethod: string): Promise<string> {
  const payment: ipay.Payment = await client.createPayment({
    amount: minorUnits('29.99', 'USD'),
    currency: 'USD',
    paymentMethod,
    confirm: true,
    confirmationToken: true,
    metadata: { orderId: 'A-1', visits: 3 },
    captureMethod: ipay.CaptureMethod.AUTOMATIC,
    idempotencyKey: ipay.orderKey('A-1', 'payment', 1),
    allowPaths: ['metadata.serial'],
    timeout: 5_000,
    signal: AbortSignal.timeout(5_000),
  });
  switch (payment.result) {
    case 'succeeded':
      ship(payment);
      return majorUnits(payment.amount, payment.currency);
    case 'needs_action':
      show(payment.clientSecret, payment.nextAction);
      return payment.redirectUrl ?? '';
    case 'failed':
    case 'canceled':
    case 'pending':
      return payment.failureMessage ?? payment.status;
    default: {
      const nothing: never = payment;
      return nothing;
    }
  }
}

export async function more(client: ipay.Client, page: ipay.PublishableClient): Promise<void> {
  for await (const refund of client.listRefunds({ payment: 'pay_1', limit: 50 })) {
    const amount: number = refund.amount;
    console.log(amount, refund.createdAt?.getTime());
  }
  for await (const { items, next } of client.listPayments().pages()) {
    const first: ipay.Payment | undefined = items[0];
    const after: string | null = next;
    if (first instanceof ipay.Succeeded) ship(first);
    console.log(after);
  }
  const answer: unknown = await client.request('POST', '/payouts', { amount: 5n, to: [null, 'x'] });
  const method = await client.createPaymentMethod({ type: 'card', token: 'tok_1', customer: 'cus_1' });
  const last4: string | undefined = method.card?.last4;
  await client.attachPaymentMethod(method.id, { customer: 'cus_1' });
  const { id } = await page.createToken({ number: '4242', expMonth: 1, expYear: 2030, cvc: '1' });
  const again: ipay.Payment = ipay.AnyPayment.restore(ipay.AnyPayment.restore('{}').store());
  console.log(answer, last4, id, again.metadata['orderId'], ipay.Refund.restore('{}').id);
  await page.close();
}

export async function webhook(
  client: ipay.Client,
  body: Buffer,
  signature: string | string[] | undefined,
): Promise<string> {
  const webhooks = new ipay.Webhooks(['whsec_new', 'whsec_old']);
  const event: ipay.Event = webhooks.verify(body, signature);
  const key: string = event.key;
  if (event instanceof ipay.PaymentSucceeded) {
    const orderId: string | null = event.payment.orderId;
    const payment = await client.confirm(event, { orderId: 'A-1', amount: 2_999, currency: 'USD' });
    if (payment.result === 'succeeded') ship(payment);
    return orderId ?? key;
  }
  if (event instanceof ipay.PaymentFailed) return event.payment.failureCode ?? '';
  if (event instanceof ipay.PaymentRefunded) return event.payment.id;
  if (event instanceof ipay.PaymentDisputed) return event.payment.id;
  if (event instanceof ipay.CustomerCreated) return event.customer.email ?? '';
  if (event instanceof ipay.CustomerSubscriptionUpdated) return event.subscription.id;
  if (event instanceof ipay.UnknownEvent) return event.type;
  const nothing: never = event;
  return nothing;
}

export function why(error: CardError): string {
  return error.declineCode ?? error.paymentId ?? error.serviceCode ?? error.idempotencyKey ?? '';
}

export async function clients(): Promise<void> {
  const all: ipay.Client[] = [
    new ipay.Client({ key: 'live_k', secret: 's', mode: 'live', rateLimit: 10 }),
    new ipay.Client({ clientId: 'c', clientSecret: 's' }),
    new ipay.Client({ token: 't' }),
    new ipay.Client({ tokenSource: () => 't' }),
    new ipay.Client({ tokenSource: async () => 't', onEvent: (event) => console.log(event.name) }),
    ipay.Client.fromEnv({ timeout: 5 }),
  ];
  const sandbox = await new Sandbox().start();
  all.push(sandbox.ipay.client({ timeout: 5_000 }));
  await sandbox.ipay.registerWebhook('http://127.0.0.1:9000/', ['payment.succeeded']);
  await Promise.all(all.map((client) => client.close()));
}
