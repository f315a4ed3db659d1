// What the package exports and declares, compared with what the core's tables say.

import { isDeepStrictEqual } from 'node:util';

import * as declared from './declared.mjs';
import { snake } from './names.mjs';
import { kessai } from './package.mjs';

const { CODES, KessaiError } = kessai;

// What the declared types stand for in the tables.
const TAKES = {
  string: 'text',
  CaptureMethod: 'text',
  Coin: 'text',
  PaymentMethodType: 'text',
  PaymentStatus: 'text',
  RefundReason: 'text',
  Status: 'text',
  Until: 'text',
  "'POST' | 'GET'": 'text',
  "'high' | 'medium' | 'low'": 'text',
  number: 'span',
  boolean: 'bool',
  'number | bigint': 'int',
  'number | bigint | string': 'money',
  'readonly string[]': 'texts',
  'readonly Status[]': 'texts',
  'Hint | string': 'hint',
  'Readonly<Record<string, string | number | bigint | null | undefined>>': 'map',
  Event: 'event',
  Json: 'json',
};
const RETURNS = {
  'Promise<Resumed>': 'a resumed Invoice',
  'Promise<string>': 'text',
  'ListPromise<string>': 'texts',
  'Promise<Record<string, string>>': 'map',
  'Promise<unknown>': 'json',
  string: 'text',
  'boolean | null': 'answer',
};
// Exact decimals are text, and yen are numbers.
const SHAPES = {
  string: 'text',
  number: 'int',
  boolean: 'bool',
  'number | string': 'amount',
  'Readonly<Record<string, string>>': 'map',
  unknown: 'json',
};

/** What a table says; what it does not know stays, and differs. */
const look = (table, type) => table[type] ?? type;

function returns(type) {
  const [, how, model] = type.match(/^(Promise|ListPromise|Paged)<([A-Z]\w*)>$/) ?? [];
  const set = type.match(/^(\w+)\[\]$/)?.[1];
  if (set) return `words of ${set}`;
  if (!model || type in RETURNS) return look(RETURNS, type);
  return { Promise: model, ListPromise: `a list of ${model}`, Paged: `pages of ${model}` }[how];
}

const argument = ({ name, type, optional }) => [
  snake(name),
  { takes: look(TAKES, type), required: !optional },
];

/** The members of an object of options, those of what it extends included. */
function given(file, name) {
  const base = declared.base(file, name)?.match(/\w*CallOptions/)?.[0];
  const isHere = base !== undefined && declared.members(file, base).length > 0;
  const shared = isHere ? given(file, base) : declared.members('client', 'CallOptions');
  return [...(name === 'Order' ? [] : shared), ...declared.members(file, name)];
}

/** What is told in an object of its own: an order, options. */
function unfolded(file, { name, type, optional }) {
  // One with its number is an order all the same.
  const bare = type.replace(/^.*\b(\w+)$/, '$1').replace(/^Numbered(?=Order$)/, '');
  if (!/^(Order|\w*Options)$/.test(bare)) return [argument({ name, type, optional })];
  return given(file, bare)
    .filter((member) => member.name !== 'signal')
    .map(argument);
}

function methods(file, type) {
  const rows = declared.methods(file, type.name).map(({ name, parameters, gives }) => {
    const positional = parameters.filter(({ type: t }) => !/(Order|Options)$/.test(t)).length;
    const all = Object.fromEntries(parameters.flatMap((parameter) => unfolded(file, parameter)));
    return { name: snake(name), positional, arguments: all, returns: returns(gives) };
  });
  // What is declared must be there, and nothing else.
  const there = Object.getOwnPropertyNames(type.prototype)
    .filter((name) => name !== 'constructor')
    .map(snake);
  const extra = there.filter((name) => !rows.some((row) => row.name === name));
  return [...rows.filter(({ name }) => there.includes(name)), ...extra.map((name) => ({ name }))];
}

// What Node itself brings to every client.
const OWN_OPTIONS = ['threads', 'on_event', 'token_source'];

/** The parts of a client. */
function client(module, name) {
  const file = `${module}-client`;
  const stem = name.replace(/Client$/, '');
  const more = declared.members(file, `More${stem}Options`);
  const who = declared.members(file, `${stem}Options`);
  const isOwn = (member) => OWN_OPTIONS.includes(snake(member.name));
  const not = (is) => (member) => !is(member);
  return {
    credentials: who.filter(not(isOwn)).map((member) => {
      const [credential, told] = argument(member);
      return { name: credential, ...told };
    }),
    options: more.filter(not(isOwn)).map((member) => ({
      name: snake(member.name),
      takes: look(TAKES, member.type),
    })),
    own_options: [...more, ...who].filter(isOwn).map((member) => snake(member.name)),
    methods: methods(file, kessai[module][name]),
  };
}

/** A model: its fields, what it can be asked, and what it can be. */
function model(module, name) {
  const file = `${module}-models`;
  const type = kessai[module][name] ?? kessai[module][`Any${name}`];
  const members = declared.members(file, type.name);
  const names = members.map((member) => member.name);
  const fields = members.filter(({ isGetter }) => !isGetter);
  // What Node has besides, as what it has for times.
  const isDate = (getter) => fields.some((field) => getter === `${field.name}At`);
  const asked = [
    ...members
      .filter(({ name: getter, isGetter }) => isGetter && !isDate(getter))
      .map((getter) => ({ name: getter.name, parameters: [], gives: getter.type })),
    ...declared.methods(file, type.name),
  ];
  return [
    ...fields.map((field) => ({
      name: snake(field.name),
      shape: names.includes(`${field.name}At`)
        ? 'time'
        : look(SHAPES, field.type.replace(' | null', '')),
      // What may be anything may be null.
      ...(field.type !== 'unknown' && { optional: field.type.endsWith(' | null') }),
    })),
    ...asked
      .filter((ask) => ask.name in type.prototype)
      .map((ask) => ({
        name: snake(ask.name),
        arguments: Object.fromEntries(ask.parameters.map(argument)),
        returns: returns(ask.gives),
      })),
    ...declared.subclasses(file, type.name).map((variant) => ({
      name: variant,
      has: declared
        .members(file, variant)
        .filter(({ type: t }) => !t.startsWith("'"))
        .map((member) => snake(member.name))
        .sort(),
    })),
  ];
}

const classes = () =>
  Object.values(kessai).filter((type) => type?.prototype instanceof KessaiError);

const isSet = (value) => Object.isFrozen(value) && typeof value === 'object';

const words = (module) =>
  Object.entries(kessai[module])
    .filter(([, set]) => isSet(set))
    .map(([name, set]) => ({
      name,
      open: declared.isOpen(`${module}-models`, name),
      words: Object.values(set),
    }));

const MODULES = ['zaif', 'ipay'];

/** A part of the surface, in the form of the data. */
function surface(part, data) {
  const [module, name, which] = part.split('.');
  if (MODULES.includes(module)) {
    if (name === 'words') return words(module);
    return which ? client(module, name)[which] : model(module, name);
  }
  switch (part) {
    case 'clients':
      return data.clients.filter((path) => at(path)?.fromEnv);
    case 'models':
      return data.models.filter((path) => at(path)?.restore);
    case 'codes':
      return Object.entries(CODES).map(([code, type]) => ({ code, kind: type.prototype.kind }));
    case 'kinds':
      return classes().map((type) => ({ kind: type.prototype.kind, class: type.name }));
    case 'facts':
      return [
        'message',
        ...declared
          .members('error', 'KessaiError')
          .map((member) => snake(member.name))
          .filter((fact) => fact !== 'cause'),
      ];
    default:
      return [];
  }
}

/** What is there under the name of a module and of something in it. */
function at(path) {
  const [module, name] = path.split('.');
  return kessai[module]?.[name] ?? kessai[module]?.[`Any${name}`];
}

// What JavaScript has no type of its own for.
const AS_TEXT = { decimal: 'text', secret: 'text' };

/** A row of the data, as far as this language tells it. */
function comparable(row, here) {
  if (typeof row === 'string') return row;
  const told = Object.entries(row).filter(([key]) => key in here);
  return Object.fromEntries(
    told.map(([key, value]) => {
      if (key === 'arguments') {
        const each = value.map(({ name, takes, required }) => [
          name,
          { takes: look(AS_TEXT, takes), required },
        ]);
        return [key, Object.fromEntries(each)];
      }
      if (key === 'has') return [key, [...value].sort()];
      return [key, key === 'shape' || key === 'takes' ? look(AS_TEXT, value) : value];
    }),
  );
}

const byName = (rows) =>
  new Map(rows.map((row) => [row.name ?? row.code ?? row.kind ?? row, row]));

/** Each part of the surface with what is wrong with it. */
export function* compareSurface(data) {
  for (const [part, rows] of Object.entries(data)) {
    if (part === 'about') continue;
    const [there, here] = [byName(rows), byName(surface(part, data))];
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
