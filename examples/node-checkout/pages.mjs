// The web around `cards.mjs`: the page of an order, what the card page posts, webhooks.
//
// A real shop has its framework for that, and lets customers see no orders but their own.

import { once } from 'node:events';
import { createServer } from 'node:http';

const MOST_BODY = 64 << 10;

const SAYS = {
  card: ['Your order', 'Nothing is paid yet.', 'Pay by card'],
  paid: ['Thank you', 'Your payment has arrived. We pack your tea bowl now.'],
  authenticate: ['Your bank asks', 'Nothing is paid yet.', 'Continue at your bank'],
  declined: ['Card declined', 'Your bank says: {}. No money was taken.', 'Use another card'],
  moment: ['One moment', 'Please load this page again, and do not pay twice.', 'Load again'],
};

/** A web server for a shop's customers, and for its webhooks. */
export class Pages {
  #shop;
  #cardPage;
  #publishableKey;
  #server;

  constructor(shop, cardPage, publishableKey) {
    this.#shop = shop;
    this.#cardPage = cardPage;
    this.#publishableKey = publishableKey;
    this.#server = createServer((request, answer) => {
      this.#serve(request, answer).catch((error) => {
        // For a person to look at; the customer may load the page again.
        console.error(error.message);
        if (answer.headersSent) answer.destroy();
        else send(answer, 503, 'One moment, please.');
      });
    });
  }

  /** Starts to serve; gives where. */
  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this.url;
  }

  /** Stops serving. */
  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Where the page of an order is. */
  address(order) {
    return `${this.url}/orders/${order.number}`;
  }

  async #serve(request, answer) {
    const [, number, isCard] = /^\/orders\/([\w-]+)(\/card)?(?:\?|$)/.exec(request.url) ?? [];
    const order = this.#shop.orders.get(number);
    if (request.method === 'GET' && order && !isCard) {
      return send(answer, 200, this.#page(order, await this.#shop.look(order)));
    }
    const body = await read(request);
    if (body === null) return send(answer, 413);
    if (request.method === 'POST' && request.url === '/hooks/ipay') {
      return send(answer, await this.#shop.webhook(body, request.headers['ipay-signature']));
    }
    if (request.method !== 'POST' || !order || !isCard) return send(answer, 404);
    const form = new URLSearchParams(body.toString());
    const [now, detail] = await this.#shop.pay(order, form.get('token') ?? '', form.get('state') ?? '');
    // Off to their bank, or to a page that may be loaded again.
    answer.setHeader('location', now === 'authenticate' ? this.#way(order, now, detail) : this.address(order));
    return send(answer, 303);
  }

  /** Where the customer goes on from what is shown. */
  #way(order, now, detail) {
    if (now === 'moment') return this.address(order);
    const way = new URL(now === 'authenticate' ? detail : this.#cardPage);
    if (now === 'authenticate') {
      way.searchParams.set('return_url', this.address(order));
    } else {
      way.searchParams.set('publishable_key', this.#publishableKey);
      way.searchParams.set('return_url', `${this.address(order)}/card`);
      way.searchParams.set('state', order.state);
    }
    return way.href;
  }

  #page(order, [now, detail = '']) {
    const [title, text, on] = SAYS[now];
    const says = text.replace('{}', () => escape(detail.replaceAll('_', ' ')));
    const way = on ? `<a class="go" href="${escape(this.#way(order, now, detail))}">${on}</a>` : '';
    return page(order, title, says, way);
  }
}

function page({ number, yen }, title, text, way) {
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - order ${escape(number)}</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }
  body { margin: 3rem 1rem }
  main { max-width: 22rem; margin: auto }
  h1 { margin: 0; font-size: 1.5rem; line-height: 1.3 }
  .order { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
    margin: 0 0 1.5rem; padding-bottom: .75rem; border-bottom: 1px solid GrayText }
  .go { display: block; margin-top: 1.5rem; padding: .75rem; border-radius: .5rem;
    background: #0f5c99; color: #fff; font-weight: 600; text-align: center; text-decoration: none }
</style>
<main>
<p class="order"><span>Tea bowl, order ${escape(number)}</span> <strong>${yen.toLocaleString('en')} yen</strong></p>
<h1>${title}</h1>
<p>${text}</p>
${way}
</main>
</html>
`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
}

/** The bytes of a body as they came, or null where there are too many. */
async function read(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(answer, status, text = '') {
  answer.statusCode = status;
  answer.setHeader('content-type', 'text/html; charset=utf-8');
  answer.setHeader('cache-control', 'no-store');
  answer.end(text);
}
