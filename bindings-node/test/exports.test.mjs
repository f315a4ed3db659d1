// Both ways in give the same things, and only what is meant to be given.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import * as imported from 'kessai';
import * as importedTesting from 'kessai/testing';
import { PACKAGE, run } from './support.mjs';

const require = createRequire(import.meta.url);
const required = require('kessai');
const surface = JSON.parse(readFileSync(join(PACKAGE, '../tests/vectors/surface.json'), 'utf8'));

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

test('import and require give the very same objects', () => {
  assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort());
  for (const name of Object.keys(required)) assert.equal(imported[name], required[name], name);
  const testing = require('kessai/testing');
  assert.deepEqual(Object.keys(importedTesting).sort(), Object.keys(testing).sort());
  for (const name of Object.keys(testing)) assert.equal(importedTesting[name], testing[name]);
});

test('an error of one way in is an instance of the class of the other', () => {
  const error = (() => {
    try {
      return new required.zaif.Client({ key: 'k', secret: 's', window: 0 });
    } catch (caught) {
      return caught;
    }
  })();
  assert.ok(error instanceof imported.InputError);
  assert.ok(error instanceof imported.KessaiError);
});

test('every kind, code, method, field and word of the core is there', () => {
  const { CODES, KessaiError } = imported;
  for (const { class: name, kind } of surface.kinds) {
    assert.equal(imported[name].prototype.kind, kind);
    assert.equal(imported[name].prototype.name, name);
    assert.ok(imported[name].prototype instanceof KessaiError);
  }
  assert.deepEqual(
    Object.entries(CODES).map(([code, type]) => [code, type.prototype.kind]),
    surface.codes.map(({ code, kind }) => [code, kind]),
  );
  for (const client of surface.clients) {
    const [module, name] = client.split('.');
    const own = Object.getOwnPropertyNames(imported[module][name].prototype).slice(1);
    assert.deepEqual(own, surface[`${client}.methods`].map((method) => camel(method.name)));
  }
  for (const model of surface.models) {
    const [module, name] = model.split('.');
    const type = imported[module][name] ?? imported[module][`Any${name}`];
    const types = readFileSync(join(PACKAGE, `lib/${module}-models.d.ts`), 'utf8');
    for (const row of surface[model]) {
      if (row.arguments) assert.ok(camel(row.name) in type.prototype, `${model}: ${row.name}`);
      else if (row.shape) assert.match(types, new RegExp(`\\b${camel(row.name)}: `), row.name);
    }
  }
  for (const module of ['zaif', 'ipay']) {
    for (const { name, words } of surface[`${module}.words`]) {
      assert.deepEqual(Object.values(imported[module][name]), words);
    }
  }
});

test('every fact of an error is one here, and has a type', () => {
  const types = readFileSync(join(PACKAGE, 'lib/error.d.ts'), 'utf8');
  const facts = Object.fromEntries(surface.facts.map((name) => [camel(name), 'x']));
  const told = new imported.KessaiError('x', { ...facts, invoiceIds: ['x'] }).toJSON();
  for (const name of Object.keys(facts)) {
    assert.ok(name in told, name);
    if (name !== 'message') assert.match(types, new RegExp(`\\breadonly ${name}\\??: `));
  }
});

test('every option of the core is an option here, and has a type', () => {
  for (const client of surface.clients) {
    const [module] = client.split('.');
    const own = readFileSync(join(PACKAGE, `lib/${module}-client.d.ts`), 'utf8');
    const types = own + readFileSync(join(PACKAGE, 'lib/client.d.ts'), 'utf8');
    const has = (name) => assert.match(types, new RegExp(`\\b${camel(name)}\\??: `), name);
    for (const { name } of surface[`${client}.options`]) has(name);
    for (const { name } of surface[`${client}.credentials`]) has(name);
    for (const name of surface[`${client}.own_options`]) has(name);
    for (const { name, arguments: given } of surface[`${client}.methods`]) {
      assert.match(own, new RegExp(`\\n  ${camel(name)}\\(`));
      for (const argument of given) has(argument.name);
    }
  }
});

test('what is exported is typed, and nothing more', () => {
  const named = (file) => {
    const text = readFileSync(join(PACKAGE, file), 'utf8');
    const found = text.matchAll(/^export (?:abstract )?(?:class|const|function) (\w+)/gm);
    return [...found].map((match) => match[1]);
  };
  const errors = named('lib/errors.d.ts');
  const others = ['AbortError', 'KessaiError', 'Qr', 'ipay', 'version', 'zaif'];
  others.push(...named('lib/minor-units.d.ts'));
  assert.deepEqual(Object.keys(required).sort(), [...errors, ...others].sort());
  const zaif = [...named('lib/zaif-client.d.ts'), ...named('lib/zaif-models.d.ts')];
  assert.deepEqual(
    Object.keys(required.zaif).sort(),
    [...zaif, 'Hint', 'PaymentUri', 'Webhooks'].sort(),
  );
  const files = ['ipay-client', 'ipay-models', 'ipay-webhooks', 'ipay'];
  const ipay = files.flatMap((file) => named(`lib/${file}.d.ts`));
  assert.deepEqual(Object.keys(required.ipay).sort(), ipay.sort());
});

test('every method of iPay and every field that has a type is there', () => {
  const { ipay } = required;
  const types = readFileSync(join(PACKAGE, 'lib/ipay-client.d.ts'), 'utf8');
  for (const name of ['Client', 'PublishableClient']) {
    const [, body] = new RegExp(`^export class ${name} [^{]*{\n(.*?)^}`, 'ms').exec(types);
    const declared = [...body.matchAll(/^ {2}(\w+)\(.*\): /gm)].map((match) => match[1]);
    const own = Object.getOwnPropertyNames(ipay[name].prototype).slice(1);
    assert.deepEqual(own, declared);
    assert.ok(own.length > 0);
  }
});

test('the version is the package\'s', () => {
  const { version } = require('../package.json');
  assert.equal(imported.version, version);
});

test('every file is JavaScript', async () => {
  const files = [...readdirSync(PACKAGE), ...readdirSync(join(PACKAGE, 'lib')).map((f) => `lib/${f}`)];
  const scripts = files.filter((file) => /\.m?js$/.test(file));
  assert.ok(scripts.length > 15);
  const checks = await Promise.all(scripts.map((file) => run(['--check', file])));
  for (const { status, err } of checks) assert.equal(status, 0, err);
});
