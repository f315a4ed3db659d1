// The customer of the story: a browser without windows, and a purse of test cards.
//
// Nothing here is for a shop to copy. What the browser does on the page where the card is
// entered, and on the bank's, is what those pages do in a real one.

import assert from 'node:assert/strict';

import { ipay } from 'kessai';

export const PAYS = '4242424242424242';
export const ASKS = '4000002500003155';
export const DECLINED = '4000000000009995';

/** Goes through a shop's pages, from one address to the next. */
export class Customer {
  #page = '';

  /** The address of the page that is shown. */
  url;

  /** The heading of the page that is shown. */
  get title() {
    return /<h1[^>]*>(.*?)<\/h1>/.exec(this.#page)?.[1] ?? '';
  }

  /** The first words below it. */
  get text() {
    return /<\/h1>\s*<p>(.*?)<\/p>/.exec(this.#page)?.[1] ?? '';
  }

  /** Loads a page, or sends a form; follows where it leads. */
  async visit(url, form) {
    const how = form && { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(url, how);
    this.url = new URL(answer.url);
    this.#page = await answer.text();
    assert.equal(answer.status, 200, this.#page);
  }

  /** Goes to the page where a card is entered, and enters one. */
  async enter(number) {
    const [, way] = /<a class="go" href="(.*?)"/.exec(this.#page) ?? [];
    assert.ok(way, `the page has no way to pay: ${this.title}`);
    await this.visit(way.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
    const { publishable_key: publishableKey, return_url: back, state } = this.#asked();
    const browser = new ipay.PublishableClient({ publishableKey, baseUrl: `${this.url.origin}/api` });
    const { id: token } = await browser.createToken({ number, expMonth: 12, expYear: 2099, cvc: '123' });
    await browser.close();
    await this.visit(back, { token, state });
  }

  /** Tells the bank, on its page, whether it is them. */
  authenticate(ok) {
    return this.visit(this.url, { ...this.#asked(), act: ok ? 'accept' : 'refuse', lang: 'en' });
  }

  #asked() {
    return Object.fromEntries(this.url.searchParams);
  }
}
