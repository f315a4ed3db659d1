// A shop's own client of iPay, written from the integration guide alone: its calls, its
// names, its shapes. It knows nothing of kessai: the sandbox must satisfy it as it is.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** What the service refused, with what it says about it. */
export class IpayError extends Error {}

export class GuideClient {
  #environment;

  /** As the guide has them in `.env`, and where the API is. */
  constructor({ baseUrl, apiKey, apiSecret, publishableKey }) {
    this.#environment = { baseUrl, apiKey, apiSecret, publishableKey };
  }

  /** The guide's `ipayRequest`. */
  async request(endpoint, { method = 'GET', body, idempotencyKey } = {}) {
    const { baseUrl, apiKey, apiSecret } = this.#environment;
    const credentials = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
    const response = await fetch(`${baseUrl}${endpoint}`, {
      method,
      headers: {
        Authorization: `Basic ${credentials}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey ?? generateIdempotencyKey(),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      const error = await response.json();
      throw new IpayError(`iPay API Error: ${error.message}`, { cause: { status: response.status, error } });
    }
    return response.json();
  }

  account() {
    return this.request('/account');
  }

  createPayment(data) {
    return this.request('/payments', {
      method: 'POST',
      body: {
        amount: data.amount,
        currency: data.currency || 'USD',
        customer: data.customerId,
        payment_method: data.paymentMethodId,
        confirm: true,
        description: data.description,
        metadata: { orderId: data.orderId, customerId: data.customerId },
        capture_method: data.captureMethod || 'automatic',
        statement_descriptor: data.statementDescriptor || 'MYCOMPANY',
        confirmation_token: data.confirmationToken,
      },
      idempotencyKey: data.idempotencyKey,
    });
  }

  /** What the customer's browser does: the card never reaches the shop's server. */
  async tokenizeCard(card) {
    const { baseUrl, publishableKey } = this.#environment;
    const response = await fetch(`${baseUrl}/tokens`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${publishableKey}`,
      },
      body: JSON.stringify({
        card: {
          number: card.number,
          exp_month: card.expMonth,
          exp_year: card.expYear,
          cvc: card.cvc,
        },
      }),
    });
    return response.json();
  }

  createPaymentMethod(tokenId, customerId) {
    const body = { type: 'card', token: tokenId, customer: customerId };
    return this.request('/payment_methods', { method: 'POST', body });
  }

  async createPaymentWith3DS(data) {
    const payment = await this.createPayment({ ...data, confirmationToken: true });
    if (payment.status === 'requires_action') {
      return {
        requiresAction: true,
        paymentId: payment.id,
        clientSecret: payment.client_secret,
        nextAction: payment.next_action,
      };
    }
    return { success: true, payment };
  }

  refundPayment(paymentId, reason = null) {
    return this.request('/refunds', {
      method: 'POST',
      body: { payment: paymentId, reason: reason || 'requested_by_customer' },
      idempotencyKey: `refund_${paymentId}_${Date.now()}`,
    });
  }

  partialRefund(paymentId, amount, reason = null) {
    return this.request('/refunds', {
      method: 'POST',
      body: { payment: paymentId, amount, reason: reason || 'requested_by_customer' },
      idempotencyKey: `refund_${paymentId}_${amount}_${Date.now()}`,
    });
  }

  createCustomer(data) {
    return this.request('/customers', {
      method: 'POST',
      body: {
        email: data.email,
        name: data.name,
        phone: data.phone,
        metadata: { internalId: data.internalId, tier: data.tier },
      },
    });
  }

  attachPaymentMethod(paymentMethodId, customerId) {
    return this.request(`/payment_methods/${paymentMethodId}/attach`, {
      method: 'POST',
      body: { customer: customerId },
    });
  }

  getCustomerPaymentMethods(customerId) {
    return this.request(`/customers/${customerId}/payment_methods`);
  }
}

function generateIdempotencyKey() {
  return `req_${Date.now()}_${Math.random().toString(36).slice(2, 11)}`;
}

function verifyWebhookSignature(payload, signature, secret) {
  const expected = createHmac('sha256', secret).update(payload).digest('hex');
  return timingSafeEqual(Buffer.from(signature, 'hex'), Buffer.from(expected, 'hex'));
}

/** The guide's route for webhooks: 401 to a bad signature, 200 to the rest. */
export async function webhookServer(secret, handle) {
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const payload = Buffer.concat(parts);
      if (!verifyWebhookSignature(payload, request.headers['ipay-signature'], secret)) {
        response.writeHead(401).end('Unauthorized');
        return;
      }
      handle(JSON.parse(payload.toString()));
      response.writeHead(200).end('OK');
    });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
