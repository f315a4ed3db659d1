// A shop in one file: takes orders, receives webhooks, ships once.
//
// The parts to copy are `checkout`, which may be called on every load of the payment
// page, and `webhook`. A webhook of Zaif Payment is not signed, so its content is
// never believed: its address proves which order it is about, and what the re-read of
// the invoice says is compared with the shop's own books.

import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';

import { DuplicateInvoiceError, KessaiError, MismatchError, zaif } from 'kessai';

const MOST_BODY = 64 << 10;

/** The shop: its books, its client, and the server that webhooks reach. */
export class Shop extends EventEmitter {
  #client;
  #server;
  #webhooks;

  /** Orders by number: yen, states by invoice, how often shipped, alarms. */
  orders = new Map();

  constructor(client) {
    super();
    this.#client = client;
    this.#server = createServer((request, answer) => {
      // A request that breaks off is nobody's webhook.
      this.#serve(request, answer).catch(() => answer.destroy());
    });
  }

  /** Starts to receive webhooks; gives where. */
  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const url = `http://127.0.0.1:${this.#server.address().port}`;
    // A real shop keeps this secret with its others: it must outlive a restart.
    const secret = randomBytes(32).toString('base64url');
    this.#webhooks = new zaif.Webhooks(`${url}/hooks/zaif`, [secret]);
    return url;
  }

  /** Stops receiving webhooks. */
  async close() {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#client.close();
  }

  /** Writes the order down first, then gives its one invoice, on every load of the page. */
  checkout(number, yen, coin) {
    if (!this.orders.has(number)) {
      this.orders.set(number, { yen, states: new Map(), shipped: 0, alarms: [], turn: Promise.resolve() });
    }
    return this.#client.ensureInvoice({
      currency: coin,
      amount: this.orders.get(number).yen,
      orderNumber: number,
      itemName: 'Tea bowl',
      webhookUrl: this.#webhooks.address(number),
    });
  }

  /**
   * Handles one webhook; gives the HTTP status to answer with. Anything but 200 makes
   * the service send it again later.
   */
  async webhook(path, body) {
    try {
      const notice = this.#webhooks.receive(path, body);
      const order = this.orders.get(notice.orderNumber);
      // Not in the books yet: it will come again.
      if (order === undefined) return 503;
      // One at a time for an order, as a row lock does in a database.
      const turn = order.turn.then(() => this.#confirm(order, notice));
      order.turn = turn.catch(() => {});
      const status = await turn;
      this.emit('webhook', { order: notice.orderNumber, status });
      return 200;
    } catch (error) {
      if (error instanceof KessaiError) return zaif.Webhooks.status(error);
      throw error;
    }
  }

  /** Re-reads the invoice and brings the books up to date. */
  async #confirm(order, { hint, orderNumber }) {
    let invoice;
    try {
      invoice = await this.#client.confirm(hint, { orderNumber, amount: order.yen });
    } catch (error) {
      if (!(error instanceof MismatchError || error instanceof DuplicateInvoiceError)) throw error;
      // Neither passes by itself: keep it for somebody to look at.
      order.alarms.push(error.message);
      return null;
    }
    const before = order.states.get(invoice.invoiceId);
    // Webhooks repeat and overtake one another: what is older changes nothing.
    if (invoice.status !== null && (before === undefined || invoice.follows(before))) {
      order.states.set(invoice.invoiceId, invoice.status);
    }
    if (invoice.isSettled === true && order.shipped === 0) order.shipped += 1;
    return invoice.status;
  }

  async #serve(request, answer) {
    const parts = [];
    let length = 0;
    for await (const part of request) {
      length += part.length;
      if (length > MOST_BODY) break;
      parts.push(part);
    }
    const tooLarge = length > MOST_BODY;
    answer.statusCode = tooLarge ? 413 : await this.webhook(request.url, Buffer.concat(parts));
    answer.end();
  }
}
