'use strict';

// What methods make of what the core tells.

const asIs = (value) => value;

const each = (read) => (all) => all.map(read);

const page = (read) => ({ items, next }) => ({ items: items.map(read), next });

const resumed = (read) => (told) =>
  told.outcome === 'done' ? { ...told, invoice: read(told.invoice) } : told;

/** A promise of a list that can also be walked through with `for await`. */
function listed(promise) {
  return Object.defineProperty(promise, Symbol.asyncIterator, {
    value: async function* walk() {
      yield* await promise;
    },
  });
}

/** A list that is fetched page by page: `fetch` gives one, for the options of a call. */
class Paged {
  #fetch;
  #options;

  constructor(fetch, options) {
    this.#fetch = fetch;
    this.#options = options;
  }

  /** Walks through the pages. */
  async *pages() {
    let page = await this.#fetch(this.#options);
    yield page;
    while (page.next !== null) {
      page = await this.#fetch({ ...this.#options, startingAfter: page.next });
      yield page;
    }
  }

  async *[Symbol.asyncIterator]() {
    for await (const { items } of this.pages()) yield* items;
  }
}

module.exports = { Paged, asIs, each, listed, page, resumed };
