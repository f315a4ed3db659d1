// What the package exports and declares, compared with what the core's tables say.

import { isDeepStrictEqual } from 'node:util';

import * as declared from './declared.mjs';
import { snake } from './names.mjs';
import { kessai } from './package.mjs';

const { CODES, KessaiError, zaif } = kessai;

// What the declared types stand for in the tables.
const TAKES = {
  string: 'text',
  Coin: 'text',
  Status: 'text',
  Until: 'text',
  "'POST' | 'GET'": 'text',
  "'high' | 'medium' | 'low'": 'text',
  number: 'span',
  boolean: 'bool',
  'number | bigint': 'int',
  'number | bigint | string': 'money',
  'readonly Status[]': 'texts',
  'Hint | string': 'hint',
  'Readonly<Record<string, string | number | bigint | null | undefined>>': 'map',
};
const RETURNS = {
  'Promise<Invoice>': 'invoice',
  'ListPromise<Invoice>': 'invoices',
  'Promise<Resumed>': 'resumed',
  'Promise<string>': 'text',
  'ListPromise<string>': 'texts',
  'Promise<Record<string, string>>': 'map',
  'Promise<unknown>': 'json',
  string: 'text',
  'boolean | null': 'answer',
  'Reason[]': 'Reason',
};
// Exact decimals are text, and yen are numbers.
const SHAPES = {
  string: 'text',
  number: 'time',
  boolean: 'bool',
  'number | string': 'amount',
  Coin: 'Coin',
  Status: 'Status',
};

/** What a table says; what it does not know stays, and differs. */
const look = (table, type) => table[type] ?? type;

const argument = ({ name, type, optional }) => [
  snake(name),
  { takes: look(TAKES, type), required: !optional },
];

/** What is told in an object of its own: an order, options. */
function unfolded({ name, type, optional }) {
  // One with its number is an order all the same.
  const bare = type.replace(/^.*\b(\w+)$/, '$1').replace(/^Numbered(?=Order$)/, '');
  if (!/^(Order|\w*Options)$/.test(bare)) return [argument({ name, type, optional })];
  const own = declared.members(bare === 'CallOptions' ? 'client' : 'zaif-client', bare);
  const shared = bare === 'Order' ? [] : declared.members('client', 'CallOptions');
  return [...shared, ...own].filter((member) => member.name !== 'signal').map(argument);
}

function methods() {
  return declared.methods('zaif-client', 'Client').map(({ name, parameters, gives }) => {
    const positional = parameters.filter(({ type }) => !/(Order|Options)$/.test(type)).length;
    const unfoldedAll = Object.fromEntries(parameters.flatMap(unfolded));
    return { name: snake(name), positional, arguments: unfoldedAll, returns: look(RETURNS, gives) };
  });
}

/** What is declared must be there, and nothing else. */
function really(rows) {
  const there = Object.getOwnPropertyNames(zaif.Client.prototype).filter(
    (name) => name !== 'constructor',
  );
  const extra = there.map(snake).filter((name) => !rows.some((row) => row.name === name));
  const real = rows.filter((row) => there.some((name) => snake(name) === row.name));
  return [...real, ...extra.map((name) => ({ name }))];
}

function options(own) {
  const all = declared.members('zaif-client', 'MoreOptions');
  const [ours, table] = [true, false].map((is) =>
    all.filter(({ name }) => own.includes(snake(name)) === is),
  );
  return {
    own_options: ours.map(({ name }) => snake(name)),
    options: table.map(({ name, type }) => ({ name: snake(name), takes: look(TAKES, type) })),
  };
}

const classes = () =>
  Object.values(kessai).filter((type) => type?.prototype instanceof KessaiError);

/** An invoice of which only what must be there is there. */
const least = () =>
  zaif.Invoice.restore(
    JSON.stringify({
      raw: '{"invoiceId":"a","created":1,"expired":2,"amount":3,"currency":"btc","rate":"1","address":"x"}',
    }),
  );

function invoice() {
  const real = Object.keys(least());
  const fields = declared.members('zaif-models', 'Invoice').filter(({ name }) => real.includes(name));
  const extra = real.filter((name) => !fields.some((field) => field.name === name));
  return [
    ...fields.map(({ name, type }) => ({
      name: snake(name),
      shape: look(SHAPES, type.replace(' | null', '')),
      optional: type.endsWith(' | null'),
    })),
    ...extra.map((name) => ({ name: snake(name) })),
  ];
}

// What Node has besides, as what it has for times.
const DATES = ['createdAt', 'expiredAt', 'settledAt'];

function asks() {
  const getters = declared
    .members('zaif-models', 'Invoice')
    .filter(({ name }) => !Object.hasOwn(least(), name) && !DATES.includes(name))
    .map(({ name, type }) => ({ name, parameters: [], gives: type }));
  const all = [...getters, ...declared.methods('zaif-models', 'Invoice')];
  return all
    .filter(({ name }) => name in zaif.Invoice.prototype)
    .map(({ name, parameters, gives }) => ({
      name: snake(name),
      arguments: Object.fromEntries(parameters.map(argument)),
      returns: look(RETURNS, gives),
    }));
}

const isSet = (value) => Object.isFrozen(value) && typeof value === 'object';

/** The whole surface, in the form of the data. */
const surface = ({ own_options }) => ({
  methods: really(methods()),
  ...options(own_options),
  codes: Object.entries(CODES).map(([code, type]) => ({ code, kind: type.prototype.kind })),
  kinds: classes().map((type) => ({ kind: type.prototype.kind, class: type.name })),
  facts: [
    'message',
    ...declared
      .members('error', 'KessaiError')
      .map(({ name }) => snake(name))
      .filter((name) => name !== 'cause'),
  ],
  invoice: invoice(),
  asks: asks(),
  words: Object.entries(zaif)
    .filter(([, words]) => isSet(words))
    .map(([name, words]) => ({
      name,
      open: declared.isOpen('zaif-models', name),
      words: Object.values(words),
    })),
});

/** A row of the data, as far as this language tells it. */
function comparable(row, here) {
  if (typeof row === 'string') return row;
  const told = Object.entries(row).filter(([key]) => key in here);
  return Object.fromEntries(
    told.map(([key, value]) => {
      if (key === 'arguments') {
        return [key, Object.fromEntries(value.map(({ name, ...rest }) => [name, rest]))];
      }
      return [key, key === 'shape' && value === 'decimal' ? 'text' : value];
    }),
  );
}

const byName = (rows) =>
  new Map(rows.map((row) => [row.name ?? row.code ?? row.kind ?? row, row]));

/** Each part of the surface with what is wrong with it. */
export function* compareSurface(data) {
  const all = surface(data);
  for (const [part, rows] of Object.entries(data)) {
    if (part === 'about') continue;
    const [there, here] = [byName(rows), byName(all[part] ?? [])];
    const found = [];
    for (const [name, row] of there) {
      if (!here.has(name)) {
        found.push(`${name} is missing`);
      } else if (!isDeepStrictEqual(comparable(row, here.get(name)), here.get(name))) {
        found.push(`${name} is ${JSON.stringify(here.get(name))}, not ${JSON.stringify(row)}`);
      }
    }
    for (const name of here.keys()) if (!there.has(name)) found.push(`${name} is nowhere else`);
    yield [part, found.join('; ') || null];
  }
}
