import type * as ipay from './lib/ipay';
import type { Coin } from './lib/zaif-models';

/** An account at the sandbox, as `new zaif.Client({ ...sandbox.zaif })` takes it. */
export interface ZaifAccount {
  /** The API key. */
  key: string;

  /** Its secret. */
  secret: string;

  /** Where the sandbox's API is. */
  endpoint: string;

  /** The certificates to trust, where the sandbox was started with `--tls`. */
  caFile?: string;
}

/** The iPay half of a sandbox. */
export interface SandboxIpay {
  /** Where the sandbox's API is. */
  readonly baseUrl: string;

  /** The API key. */
  readonly key: string;

  /** Its secret. */
  readonly secret: string;

  /** The key for a customer's page. */
  readonly publishableKey: string;

  /** What webhooks are signed with. */
  readonly webhookSecret: string;

  /** The client that fetches tokens (OAuth 2.0). */
  readonly clientId: string;

  /** That client's secret. */
  readonly clientSecret: string;

  /** A client with the account's key, or with the credentials among the options. */
  client(options?: ipay.Options): ipay.Client;

  /** A client with the publishable key, which makes tokens of test cards. */
  publishableClient(options?: ipay.MorePublishableOptions): ipay.PublishableClient;

  /** What tells the sandbox's webhooks from forged ones. */
  webhooks(): ipay.Webhooks;

  /**
   * Makes a payment method of a test card, as a customer's page and a shop do together:
   * `4242424242424242`, which succeeds, unless another is named.
   */
  paymentMethod(
    number?: string,
    options?: { customer?: string | undefined },
  ): Promise<ipay.PaymentMethod>;

  /** Sends events to an address on this machine: all of them, or those that are named. */
  registerWebhook(url: string, events?: readonly string[]): Promise<any>;

  /** Accepts or refuses what 3-D Secure asks, as the customer does. */
  authenticate(paymentId: string, ok?: boolean): Promise<any>;

  /** Ends what is `processing`, such as a bank transfer: well, or not. */
  settle(paymentId: string, ok?: boolean): Promise<any>;

  /** Disputes a payment, as the customer's bank does. */
  dispute(paymentId: string): Promise<any>;

  /** Ends every access token. */
  revokeTokens(): Promise<any>;
}

/** The sandbox could not be started, or refused what it was asked. */
export class SandboxError extends Error {}

/**
 * Starts a sandbox that plays Zaif Payment and iPay on this machine, steers it, and stops it.
 *
 * ```js
 * const sandbox = await new Sandbox().start();
 * const client = new zaif.Client(sandbox.zaif);
 * const invoice = await client.createInvoice({ currency: 'btc', amount: 10_800, orderNumber: 'A-1' });
 * await sandbox.pay(invoice.invoiceId);
 * await sandbox.mine('btc', 3);
 * assert.equal((await client.getInvoice(invoice.invoiceId)).isSettled, true);
 * await sandbox.stop();
 * ```
 *
 * It needs the program `kessai-sandbox`: that of the option `program`, of the environment
 * variable `KESSAI_SANDBOX`, of the package `kessai-sandbox`, or on the `PATH`, in this order.
 * Its clock is its own: `advance` makes invoices expire and deliveries repeat without anybody
 * waiting. One that is never stopped ends with this process.
 */
export class Sandbox {
  constructor(options?: {
    /** What the program is started with, such as `['--tls']`. */
    arguments?: readonly string[] | undefined;
    /** Where the program is. */
    program?: string | undefined;
  });

  /**
   * Steers a sandbox that runs already, with a Zaif API key of one's own. iPay's account is
   * the one that everybody has there. `stop` leaves it running.
   *
   * @param url where it listens, as `http://127.0.0.1:4000`
   */
  static attach(url: string, options?: { caFile?: string | undefined }): Promise<Sandbox>;

  /** Where it listens: also the address of its pages. */
  readonly url: string;

  /** The account that it starts with. */
  readonly zaif: ZaifAccount;

  /** The account at iPay, and what only a customer or a bank can do there. */
  readonly ipay: SandboxIpay;

  /** The process id, while it runs. */
  get pid(): number | undefined;

  /** Starts it, and resolves to itself when it is ready. */
  start(): Promise<this>;

  /** Stops it. Does nothing when it is not running. */
  stop(): Promise<void>;

  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;

  /** Pays an invoice: what is due, or so much of the coin. */
  pay(invoiceId: string, amount?: string): Promise<any>;

  /** Mines blocks: each is a confirmation for what was paid in the coin. */
  mine(coin: Coin, blocks?: number): Promise<any>;

  /** Lets seconds pass: invoices expire, deliveries that are due are made. */
  advance(seconds: number): Promise<any>;

  /** Reads what really happened: requests, executions, objects. */
  ledger(): Promise<any>;

  /** Reads every webhook with all of its tries. */
  deliveries(): Promise<any>;

  /** Adds rules for what goes wrong; `clearFaults` ends them. */
  faults(rules: readonly object[]): Promise<any>;

  /** Lets everything go right again. */
  clearFaults(): Promise<void>;

  /**
   * Calls any path below `/_sandbox/`: with a body it acts, without it reads. Numbers with
   * decimals are strings.
   */
  control(path: string, body?: unknown, options?: { method?: string | undefined }): Promise<any>;
}
