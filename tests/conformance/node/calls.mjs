// What a step can do: the client's methods, and what needs no client.

import { camel } from './names.mjs';
import { kessai } from './package.mjs';

const { Qr, zaif } = kessai;

// Seconds in the data.
const SPANS = ['timeout', 'settle', 'min_left'];

/** Named values as the package takes them. What an argument holds is the service's. */
const named = (given) =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      camel(name),
      SPANS.includes(name) && typeof value === 'number' ? value * 1000 : value,
    ]),
  );

/** A notification's body: text, or bytes in hex where it is none. */
const body = (given) => ('hex' in given ? Buffer.from(given.hex, 'hex') : given.body);

/** Takes some of the values out of the others. */
function apart(given, names) {
  const rest = { ...given };
  for (const name of names) delete rest[name];
  const own = names.filter((name) => name in given).map((name) => [name, given[name]]);
  return [Object.fromEntries(own), rest];
}

/** Order methods take an order, and options of the call besides. */
const ordered = (name) => (client, given) => {
  const [options, order] = apart(given, ['timeout', 'min_left']);
  return client[name](named(order), named(options));
};

/** Other methods take first what they are about. */
const about = (name, ...first) => (client, given) => {
  const [own, options] = apart(given, first);
  return client[name](...first.map((argument) => own[argument]), named(options));
};

const METHODS = {
  create_invoice: ordered('createInvoice'),
  ensure_invoice: ordered('ensureInvoice'),
  resume_handle: ordered('resumeHandle'),
  resume: about('resume', 'handle'),
  get_invoice: about('getInvoice', 'invoice_id'),
  find_invoice_ids: about('findInvoiceIds', 'order_number'),
  find_invoices: about('findInvoices', 'order_number'),
  cancel_invoice: about('cancelInvoice', 'invoice_id'),
  confirm: (client, { hint, ...options }) => client.confirm(new zaif.Hint(hint), named(options)),
  wait_for: about('waitFor', 'invoice_id'),
  get_info: about('getInfo'),
  get_supported_currencies: about('getSupportedCurrencies'),
  call: about('call', 'method', 'params'),
  close: (client) => client.close(),
};

// What belongs to no object.
const FREE = {
  'hint.about': ({ invoice_id }) => zaif.Hint.about(invoice_id),
  'hint.about_order': ({ order_number }) => zaif.Hint.aboutOrder(order_number),
  'hint.parse': (given) => zaif.Hint.parse(body(given)),
  'hint.read': ({ text }) => new zaif.Hint(text),
  'invoice.restore': ({ stored }) => zaif.Invoice.restore(stored),
  'payment_uri.make': (given) => new zaif.PaymentUri(given),
  'payment_uri.parse': ({ uri }) => zaif.PaymentUri.parse(uri),
  qr: ({ text }) => new Qr(text),
  webhooks: ({ base, secrets, ...limits }) => new zaif.Webhooks(base, secrets, named(limits)),
  'webhooks.mask': ({ path }) => zaif.Webhooks.mask(path),
  'webhooks.status': (given) => zaif.Webhooks.status(given),
};

// What an earlier step gave, and can be asked.
const ASKED = {
  event_key: (invoice) => invoice.eventKey,
  follows: (invoice, { earlier }) => invoice.follows(earlier),
  iframe_html: (invoice) => invoice.iframeHtml(),
  'payment_uri.for_invoice': (invoice) => zaif.PaymentUri.forInvoice(invoice),
  raw: (invoice) => invoice.rawJson(),
  reasons: (invoice, { seen }) => invoice.reasons(seen),
  store: (invoice) => invoice.store(),
  svg: (code, { label }) => code.toSvg(label),
  'webhooks.address': (hooks, { order_number }) => hooks.address(order_number),
  'webhooks.receive': (hooks, given) => hooks.receive(given.path, body(given)),
};

/** Makes the calls of one case. */
export class Calls {
  #options;
  #client;

  /** Everything that the hook was told. */
  events = [];

  constructor(account, options) {
    this.#options = { ...account, ...options };
    this.#client = this.#built({ on_event: (event) => this.events.push(event) });
  }

  /** Makes a call; most give a promise. */
  make(name, of, given) {
    if (name in ASKED) return ASKED[name](of, given);
    if (name in FREE) return FREE[name](given);
    if (name === 'client') return this.#built(given);
    if (!(name in METHODS)) throw new Error(`nobody can do ${name}`);
    return METHODS[name](this.#client, given);
  }

  /** Closes the client, whatever became of the case. */
  end() {
    return this.#client.close();
  }

  #built(more) {
    return new zaif.Client(named({ ...this.#options, ...more }));
  }
}
