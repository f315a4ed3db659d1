// Plays a case, step by step.

import { Calls, Delivered } from './calls.mjs';
import { camel } from './names.mjs';
import { kessai } from './package.mjs';
import { Different, compare, event, failure, nameOf, told } from './told.mjs';

// What a step of each kind may say.
const KEYS = {
  do: [
    'do',
    'client',
    'with',
    'of',
    'each',
    'take',
    'as',
    'gives',
    'contains',
    'fails',
    'within',
  ],
  sandbox: ['sandbox', 'body'],
  books: ['books', 'ids', 'live', 'as'],
  calls: ['calls'],
  events: ['events'],
  wire: ['wire', 'tries', 'executed', 'replayed', 'keys'],
  made: ['made', 'rows', 'count'],
  delivered: ['delivered', 'as'],
};
const CASE = ['name', 'client', 'key', 'options', 'in', 'steps'];

/** Refuses what this player does not know. */
function only(object, known) {
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Different(`${unknown} is not known`);
}

export class Player {
  #stage;
  #names = {};
  #calls;

  constructor(stage) {
    this.#stage = stage;
  }

  /** Plays it to the end, or to the first difference. */
  async play(given) {
    only(given, CASE);
    const kind = given.client ?? 'zaif';
    this.#calls = new Calls(kind, await this.#stage.account(kind, given.key), given.options);
    try {
      for (const [at, step] of given.steps.entries()) {
        await this.#step(step).catch((problem) => {
          if (!(problem instanceof Different)) throw problem;
          throw new Different(`step ${at + 1}: ${problem.message}`);
        });
      }
    } finally {
      await this.#calls.end();
    }
  }

  async #step(step) {
    const kind = Object.keys(KEYS).find((kind) => kind in step);
    if (kind === undefined) throw new Different('it is of no known kind');
    only(step, KEYS[kind]);
    if (kind === 'do') await this.#do(step);
    if (kind === 'sandbox') {
      await this.#stage.act(this.#filled(step.sandbox), this.#filled(step.body));
    }
    if (kind === 'books') await this.#books(step);
    if (kind === 'events') compare(step.events, this.#calls.events.map(event));
    if (kind === 'wire') await this.#wire(step);
    if (kind === 'made') await this.#made(step);
    if (kind === 'delivered') await this.#delivered(step);
    if (kind === 'calls') compare(step.calls, await this.#stage.calls());
  }

  async #do(step) {
    const began = performance.now();
    let result;
    let failed = false;
    let calls = this.#calls;
    if ('client' in step) {
      calls = new Calls(step.client, await this.#stage.account(step.client));
    }
    try {
      const given = this.#filled(step.with ?? {});
      result = await calls.make(step.do, this.#names[step.of], given, step);
    } catch (error) {
      if (!(error instanceof kessai.KessaiError)) throw error;
      result = error;
      failed = true;
    }
    const took = (performance.now() - began) / 1000;
    if (calls !== this.#calls) await calls.end();
    const here = failed ? failure(result) : told(result);
    if (failed !== 'fails' in step) {
      const what = failed ? 'it failed:' : 'it did not fail, but gave';
      throw new Different(`${what} ${JSON.stringify(here)}`);
    }
    if (failed) compare(inCamel(this.#filled(step.fails)), here);
    if ('gives' in step) compare(this.#filled(step.gives), here);
    if ('contains' in step && !here.includes(this.#filled(step.contains))) {
      throw new Different(`${step.contains} is not in ${here}`);
    }
    if (took > (step.within ?? took)) throw new Different(`it took ${took} s`);
    if ('as' in step) this.#names[step.as] = result;
  }

  async #books(step) {
    const { ids, live } = await this.#stage.books(step.books);
    if ('ids' in step) compare(this.#filled(step.ids), ids);
    if ('live' in step) compare(step.live, live);
    if ('as' in step) {
      if (ids.length !== 1) throw new Different(`the books hold ${ids}`);
      [this.#names[step.as]] = ids;
    }
  }

  async #wire({ wire, keys, ...counts }) {
    const told = await this.#stage.wire(wire);
    compare(counts, told);
    if (Array.isArray(keys)) compare(this.#filled(keys), told.keys);
    else if (keys !== undefined) compare({ keys }, { keys: told.keys.length });
  }

  async #made(step) {
    const made = await this.#stage.made(step.made);
    if ('rows' in step) compare(this.#filled(step.rows), made);
    if ('count' in step) compare(step.count, made.length);
  }

  async #delivered(step) {
    const found = await this.#stage.delivered(step.delivered);
    if (found === undefined) throw new Different(`${step.delivered} was not delivered`);
    this.#names[step.as] = new Delivered(found);
  }

  /** A value with what is known by now in the place of `$a`. */
  #filled(value) {
    if (Array.isArray(value)) return value.map((inner) => this.#filled(inner));
    if (typeof value === 'object' && value !== null) {
      const all = Object.entries(value).map(([name, inner]) => [name, this.#filled(inner)]);
      return Object.fromEntries(all);
    }
    if (typeof value !== 'string') return value;
    return value.replace(/\$([a-z])/g, (sign, name) =>
      name in this.#names ? nameOf(this.#names[name]) : sign,
    );
  }
}

/**
 * The parameter at fault is told under its name in this language; a place in what is sent
 * has the service's names.
 */
function inCamel(expected) {
  const { param } = expected;
  return param && !/[.[]/.test(param) ? { ...expected, param: camel(param) } : expected;
}
