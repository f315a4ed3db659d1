// What a call gave, in the form in which the data tells it, and the comparison.

import { isDeepStrictEqual } from 'node:util';

import { camel, snake } from './names.mjs';
import { kessai } from './package.mjs';
import { surface } from './rows.mjs';

const { KessaiError, Qr, ipay, zaif } = kessai;

/** It is not as the data says; the message tells where. */
export class Different extends Error {}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function differences(expected, told, where) {
  if (isObject(expected) && isObject(told)) {
    return Object.entries(expected).flatMap(([name, value]) =>
      Object.hasOwn(told, name)
        ? differences(value, told[name], name)
        : [`nothing is told of ${name}`],
    );
  }
  if (Array.isArray(expected) && Array.isArray(told) && expected.length === told.length) {
    return expected.flatMap((value, at) => differences(value, told[at], `${where}[${at}]`));
  }
  if (isDeepStrictEqual(expected, told)) return [];
  return [`${where} is ${JSON.stringify(told)}, not ${JSON.stringify(expected)}`];
}

/** Compares what was told with what is expected; more may be told. */
export function compare(expected, told) {
  const found = differences(expected, told, 'it');
  if (found.length > 0) throw new Different(found.join('; '));
}

/** Every member of an object, under its name in the data. */
const members = (object) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [snake(name), value]));

/** Yen are text in the data. */
const invoice = (given) => ({ ...members(given), amount: String(given.amount) });

function resumed({ outcome, invoice, others }) {
  return invoice ? { outcome, invoice_id: invoice.invoiceId, others } : { outcome };
}

function notice({ orderNumber, hint, secretIndex }) {
  return { order_number: orderNumber, hint: String(hint), secret_index: secretIndex };
}

function qr(code) {
  const row = (modules) => modules.map((dark) => (dark ? '#' : '.')).join('');
  return { size: code.size, rows: code.modules().map(row) };
}

/** The rows of the model of iPay that this is; nothing where it is none. */
function rowsOf(object) {
  const { name } = object.constructor;
  if (typeof object.rawJson !== 'function' || ipay[name]?.prototype === undefined) return undefined;
  const models = surface.models.filter((model) => model.startsWith('ipay.'));
  const of = (model) =>
    model === `ipay.${name}` || surface[model].some((row) => 'has' in row && row.name === name);
  return surface[models.find(of) ?? (object instanceof ipay.AnyEvent ? 'ipay.Event' : '')];
}

/** Whole numbers are text in the data, but for times. */
function field(shape, value) {
  if (value === null) return null;
  return shape === 'int' ? String(value) : told(value);
}

/** Every field of a model of iPay, and which of several classes it is of. */
function ofIpay(model, rows) {
  const fields = rows.filter((row) => 'shape' in row);
  return {
    ...Object.fromEntries(
      fields.map(({ name, shape }) => [name, field(shape, model[camel(name)])]),
    ),
    class: model.constructor.name,
    ...(model instanceof ipay.AnyEvent ? { raw: model.rawJson() } : {}),
  };
}

/** Tells what a call gave. */
export function told(result) {
  const rows = isObject(result) ? rowsOf(result) : undefined;
  if (rows) return ofIpay(result, rows);
  if (result instanceof zaif.Invoice) return invoice(result);
  if (result instanceof zaif.PaymentUri) return { ...members(result), text: String(result) };
  if (result instanceof zaif.Hint) return String(result);
  if (result instanceof Qr) return qr(result);
  if (Array.isArray(result)) return result.map((one) => one.invoiceId ?? one);
  if (result?.hint instanceof zaif.Hint) return notice(result);
  const isResumed = result?.invoice instanceof zaif.Invoice || result?.outcome === 'not_done';
  return isResumed ? resumed(result) : result;
}

/** Tells everything of an error; of a handle only whether there is one. */
export function failure(error) {
  const wait = error.retryAfter;
  return {
    class: error.constructor.name,
    kind: error.kind,
    code: error.code,
    outcome: error.outcome,
    retryable: error.retryable,
    message: error.message,
    param: error.param ?? null,
    http_status: error.httpStatus ?? null,
    request_id: error.requestId ?? null,
    retry_after: wait === undefined ? null : wait / 1000,
    resume: error.resume !== undefined,
    invoice_ids: [...error.invoiceIds],
    decline_code: error.declineCode ?? null,
    payment_id: error.paymentId ?? null,
    service_code: error.serviceCode ?? null,
    idempotency_key: error.idempotencyKey ?? null,
    cause: error.cause instanceof KessaiError ? error.cause.code : null,
  };
}

/** Tells what the hook was told; of times and handles only whether they are there. */
export function event(given) {
  return {
    name: given.name,
    // The service's for a request, this package's for a call.
    method: given.name === 'call' ? snake(given.method) : given.method,
    attempt: given.attempt,
    outcome: given.outcome,
    code: given.code ?? null,
    http_status: given.httpStatus ?? null,
    request_id: given.requestId ?? null,
    resume: given.resume !== undefined,
    times: given.localTime !== undefined && given.serverTime !== undefined,
  };
}

/** What a remembered result stands for in later steps. */
export function nameOf(result) {
  if (result instanceof zaif.Invoice) return result.invoiceId;
  return result instanceof KessaiError ? result.resume : (result.id ?? result);
}
