// No credential of iPay's and no card anywhere that people or tools look at.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { ipay } from 'kessai';
import { aSandbox, rejection, run, thrown } from './support.mjs';

const KEY = 'test_canary_key_4f1c';
const SECRET = 'secret_canary_7f3a';
const CLIENT_SECRET = 'client_canary_9e';
const TOKEN = 'jwt.canary.6e';
const PAGE_KEY = 'pk_test_canary_2b';
const HOOK_SECRET = 'whsec_canary_9d';
const CARD = '4000056655665556';
const CVC = '93174';
const BASIC = Buffer.from(`${KEY}:${SECRET}`).toString('base64');
const HIDDEN = [KEY, SECRET, CLIENT_SECRET, TOKEN, PAGE_KEY, HOOK_SECRET, CARD, CVC, BASIC];

const WAYS = {
  'key and secret': { key: KEY, secret: SECRET },
  'client credentials': { clientId: KEY, clientSecret: CLIENT_SECRET },
  'a token': { token: TOKEN },
  'a function': { tokenSource: () => TOKEN },
};
const YEN = { amount: 1, currency: 'JPY' };

const held = aSandbox();

/** Everything that shows an object. */
function clean(object) {
  const deep = { depth: 20, showHidden: true, getters: true, showProxy: true };
  const shown = [
    inspect(object, deep),
    format('%O %o %s', object, object, object),
    `${JSON.stringify(object)}`,
    `${object.stack}`,
    inspect(Object.getOwnPropertyDescriptors(object), deep),
  ].join('\n');
  for (const hidden of HIDDEN) assert.ok(!shown.includes(hidden), shown);
}

/** The service says this back from now on. */
async function echo(t, said) {
  await held.sandbox.faults([{ match: { service: 'ipay' }, fault: 'message', message: said }]);
  t.after(() => held.sandbox.clearFaults());
}

for (const [way, credentials] of Object.entries(WAYS)) {
  test(`by ${way}: neither a client nor an error nor an event shows it`, async (t) => {
    const events = [];
    const client = new ipay.Client({
      ...credentials,
      baseUrl: held.sandbox.ipay.baseUrl,
      maxRetries: 0,
      onEvent: (event) => events.push(event),
    });
    t.after(() => client.close());
    clean(client);
    // First refused by the service's own words, for nobody knows who that is.
    clean(await rejection(client.createPayment(YEN)));
    const said = Object.values(credentials).map((it) => (typeof it === 'function' ? it() : it));
    await echo(t, [...said, ...('key' in credentials ? [BASIC] : [])].join(' '));
    clean(await rejection(client.createPayment(YEN)));
    clean(await rejection(client.request('POST', '/x', {})));
    assert.ok(events.length >= 4);
    clean(events);
  });
}

test('a card that is typed in shows nowhere', async (t) => {
  const page = new ipay.PublishableClient({
    publishableKey: PAGE_KEY,
    baseUrl: held.sandbox.ipay.baseUrl,
    maxRetries: 0,
  });
  t.after(() => page.close());
  clean(page);
  const typed = { number: CARD, expMonth: 12, expYear: 2040, cvc: CVC };
  clean(await rejection(page.createToken(typed)));
  await echo(t, `${PAGE_KEY} ${CARD} ${CVC}`);
  clean(await rejection(page.createToken(typed)));
  clean(await rejection(page.createToken({ ...typed, expMonth: 1.5 })));
});

test('what is wrong with a credential or a webhook is said without it', () => {
  const baseUrl = 'http://127.0.0.1:9/api';
  for (const given of [
    { key: `${KEY}\n`, secret: SECRET },
    { key: `live_${KEY}`, secret: SECRET },
    { key: KEY, secret: SECRET, token: TOKEN },
    { key: KEY, secret: SECRET, baseUrl: `http://${KEY}:${SECRET}@127.0.0.1:9/api` },
  ]) {
    clean(thrown(() => new ipay.Client({ baseUrl, ...given })));
  }
  const hooks = new ipay.Webhooks([HOOK_SECRET]);
  clean(hooks);
  clean(thrown(() => hooks.verify(Buffer.from('{}'), HOOK_SECRET)));
});

test('the report of a crash holds none', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kessai-report-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = `
    import { readFileSync } from 'node:fs';
    import { ipay } from 'kessai';
    const [key, secret, number, cvc] = readFileSync(0, 'utf8').split(' ');
    const baseUrl = 'http://127.0.0.1:9/api';
    globalThis.page = new ipay.PublishableClient({ publishableKey: 'pk_' + key, baseUrl, maxRetries: 0 });
    globalThis.client = new ipay.Client({ key, secret, baseUrl, maxRetries: 0 });
    await globalThis.page.createToken({ number, expMonth: 1, expYear: 2040, cvc }).catch(console.error);
    await globalThis.client.createPayment({ amount: 1, currency: 'JPY' });
  `;
  const ended = await run(
    ['--report-uncaught-exception', `--report-dir=${folder}`, '--input-type=module', '-e', program],
    { input: `${KEY} ${SECRET} ${CARD} ${CVC}` },
  );
  assert.equal(ended.status, 1);
  assert.match(ended.err, /KessaiConnectionError/);
  const reports = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  assert.equal(reports.length, 1);
  for (const text of [...reports, ended.err, ended.out]) {
    for (const hidden of HIDDEN) assert.ok(!text.includes(hidden), text);
  }
});
