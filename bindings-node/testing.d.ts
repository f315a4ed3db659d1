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

/** The sandbox could not be started, or refused what it was asked. */
export class SandboxError extends Error {}

/**
 * Starts a sandbox that plays Zaif Payment on this machine, steers it, and stops it.
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
   * Steers a sandbox that runs already, with an API key of one's own. `stop` leaves it
   * running.
   *
   * @param url where it listens, as `http://127.0.0.1:4000`
   */
  static attach(url: string, options?: { caFile?: string | undefined }): Promise<Sandbox>;

  /** Where it listens: also the address of its pages. */
  readonly url: string;

  /** The account that it starts with. */
  readonly zaif: ZaifAccount;

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
