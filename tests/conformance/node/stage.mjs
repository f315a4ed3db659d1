// The sandbox in which a case plays: its own account, controls and books.

const LIVE = ['new', 'paid', 'confirmed', 'complete'];

export class Stage {
  #url = process.env.KESSAI_TEST_URL;

  /** A sandbox as it is at the start, with keys that no case had before. */
  static async begin(number) {
    const stage = new Stage();
    await stage.act('reset', { seed: number });
    return stage;
  }

  /** Who calls in a case, and where. */
  async account(key) {
    const account =
      key === 'unknown'
        ? { key: '00000000-0000-0000-0000-000000000000', secret: 'no_secret' }
        : await this.act('zaif/keys', key === 'wrong_secret' ? {} : key);
    const secret = key === 'wrong_secret' ? 'not_the_secret' : account.secret;
    return { key: account.key, secret, endpoint: process.env.KESSAI_TEST_ENDPOINT };
  }

  /** Acts through the control API. */
  act(path, body) {
    return this.#control(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** An order's invoices as the sandbox's books have them: their ids, and how many are live. */
  async books(order) {
    const { invoices } = await this.#control('ledger');
    const ours = invoices.filter((invoice) => invoice.order_number === order);
    const live = ours.filter((invoice) => LIVE.includes(invoice.status)).length;
    return { ids: ours.map((invoice) => invoice.invoice_id), live };
  }

  /** The methods that were called, but for the question for the time. */
  async calls() {
    const { requests } = await this.#control('ledger');
    const methods = requests.map((row) => row.method);
    return methods.filter((method) => method !== 'getSupportedCurrencies');
  }

  async #control(path, options) {
    const answer = await fetch(`${this.#url}/_sandbox/${path}`, options);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }
}
