// What a step can do: the client's methods, and what needs no client.

import { camel } from './names.mjs';
import { kessai } from './package.mjs';
import { surface } from './rows.mjs';
import { told } from './told.mjs';

const { Qr, ipay, zaif } = kessai;

// The classes of clients, by their names in the data.
const CLIENTS = { zaif: zaif.Client, ipay: ipay.Client, 'ipay.publishable': ipay.PublishableClient };

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

/** Methods of iPay take first what their rows say, and then everything else. */
function ofIpay(client, name, given) {
  const part = client instanceof ipay.Client ? 'ipay.Client' : 'ipay.PublishableClient';
  const row = surface[`${part}.methods`].find((method) => method.name === name);
  if (row === undefined) throw new Error(`nobody can do ${name}`);
  const first = row.arguments.slice(0, row.positional).map((argument) => argument.name);
  const [own, options] = apart(given, first);
  return client[camel(name)](...first.map((argument) => own[argument]), named(options));
}

/** A webhook of iPay, as the sandbox sent it. */
export class Delivered {
  constructor({ body, signature, secret }) {
    Object.assign(this, { body, signature, secret });
  }

  verified() {
    return new ipay.Webhooks([this.secret]).verify(Buffer.from(this.body), this.signature);
  }
}

/** Walks through a list; gives the ids of its items, or some of their fields. */
async function walked(list, { take = Infinity, each }) {
  const items = [];
  if (take > 0) {
    for await (const item of list) {
      const fields = each && told(item);
      items.push(each ? each.map((name) => fields[name]) : item.id);
      if (items.length >= take) break;
    }
  }
  return items;
}

// What belongs to no object.
const FREE = {
  currency_exponent: ({ currency }) => String(kessai.currencyExponent(currency)),
  'ipay.order_key': ({ order, purpose, attempt }) => ipay.orderKey(order, purpose, attempt),
  'ipay.sign': (given) => ipay.sign(body(given), given.secret),
  'ipay.verify': (given) =>
    new ipay.Webhooks(given.secrets).verify(Buffer.from(body(given)), given.signature),
  major_units: ({ minor, currency }) => kessai.majorUnits(minor, currency),
  minor_units: ({ amount, currency }) => String(kessai.minorUnits(amount, currency)),
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
  raw: (model) => model.rawJson(),
  restored: (model) => model.constructor.restore(model.store()),
  reasons: (invoice, { seen }) => invoice.reasons(seen),
  store: (invoice) => invoice.store(),
  svg: (code, { label }) => code.toSvg(label),
  'webhooks.address': (hooks, { order_number }) => hooks.address(order_number),
  'webhooks.receive': (hooks, given) => hooks.receive(given.path, body(given)),
};

/** Makes the calls of one case. */
export class Calls {
  #kind;
  #account;
  #options;
  #client;

  /** Everything that the hook was told. */
  events = [];

  constructor(kind, account, options = {}) {
    this.#kind = kind;
    this.#account = account;
    this.#options = options;
    const onEvent = (event) => this.events.push(event);
    this.#client = this.#built({ ...account, ...options, on_event: onEvent });
  }

  /** Makes a call; most give a promise. */
  make(name, of, given, walk) {
    if (of instanceof Delivered) return of.verified();
    if (name in ASKED) return ASKED[name](of, given);
    if (name in FREE) return FREE[name](given);
    if (name === 'client') return this.#another(given);
    if (name === 'close') return this.#client.close();
    if (this.#kind !== 'zaif') {
      const result = ofIpay(this.#client, name, of ? { ...given, event: of } : given);
      return result[Symbol.asyncIterator] ? walked(result, walk) : result;
    }
    if (!(name in METHODS)) throw new Error(`nobody can do ${name}`);
    return METHODS[name](this.#client, given);
  }

  /** Closes the client, whatever became of the case. */
  end() {
    return this.#client.close();
  }

  /** Another one: with the credentials of the case, or others as a whole. */
  #another({ credentials, ...more }) {
    const account = credentials
      ? { ...credentials, base_url: this.#account.base_url }
      : this.#account;
    return this.#built({ ...account, ...this.#options, ...more });
  }

  #built(options) {
    return new CLIENTS[this.#kind](named(options));
  }
}
