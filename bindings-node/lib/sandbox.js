'use strict';

// Starts the sandbox, steers it, and stops it.

const { spawn } = require('node:child_process');
const { delimiter, join } = require('node:path');
const { accessSync, constants } = require('node:fs');
const { createInterface } = require('node:readline');
const { ask } = require('./sandbox-http.js');
const { SandboxError } = require('./sandbox-error.js');
const { SandboxIpay } = require('./sandbox-ipay.js');

const START_MS = 20_000;
const STOP_MS = 10_000;

const NAME = process.platform === 'win32' ? 'kessai-sandbox.exe' : 'kessai-sandbox';

class Sandbox {
  #arguments;
  #program;
  #process;
  #kill = () => this.#process?.kill('SIGKILL');

  /**
   * @param {object} [options]
   * @param {string[]} [options.arguments] what the program is started with
   * @param {string} [options.program] where it is
   */
  constructor({ arguments: given = [], program } = {}) {
    this.#arguments = given;
    this.#program = program;
  }

  /**
   * Steers a sandbox that runs already, with a Zaif API key of one's own. iPay's account is
   * the one that everybody has there. `stop` leaves it running.
   */
  static async attach(url, { caFile } = {}) {
    const sandbox = new Sandbox();
    sandbox.url = url.replace(/\/+$/, '');
    sandbox.zaif = { endpoint: `${sandbox.url}/ecapi`, ...(caFile && { caFile }) };
    const { key, secret } = await sandbox.control('zaif/keys', {});
    Object.assign(sandbox.zaif, { key, secret });
    const account = await sandbox.control('ipay/account');
    sandbox.ipay = new SandboxIpay(account, caFile, sandbox.control.bind(sandbox));
    return sandbox;
  }

  /** The process id, while it runs. */
  get pid() {
    return this.#process?.pid;
  }

  /** Starts it, and resolves to itself when it is ready. */
  async start() {
    if (this.#process) throw new SandboxError('this sandbox is running already');
    const child = spawn(find(this.#program), this.#arguments, {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    // One that nobody stops neither keeps this process alive nor outlives it.
    process.once('exit', this.#kill);
    let ready;
    try {
      ready = JSON.parse(await firstLine(child));
    } catch (cause) {
      await this.stop();
      throw new SandboxError('kessai-sandbox ended, or did not say that it is ready', { cause });
    }
    child.unref();
    child.stdout.unref?.();
    const { key, secret, endpoint } = ready.zaif;
    this.url = ready.url;
    this.zaif = { key, secret, endpoint, ...(ready.ca_file && { caFile: ready.ca_file }) };
    this.ipay = new SandboxIpay(ready.ipay, ready.ca_file, this.control.bind(this));
    return this;
  }

  /** Stops it. Does nothing when it is not running. */
  async stop() {
    const child = this.#process;
    if (!child) return;
    this.#process = undefined;
    process.removeListener('exit', this.#kill);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.kill();
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  }

  [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    return this.stop();
  }

  /** Pays an invoice: what is due, or so much of the coin. */
  pay(invoiceId, amount) {
    const body = amount === undefined ? {} : { amount: String(amount) };
    return this.control(`zaif/invoices/${encodeURIComponent(invoiceId)}/pay`, body);
  }

  /** Mines blocks: each is a confirmation for what was paid in the coin. */
  mine(coin, blocks = 1) {
    return this.control('zaif/mine', { coin, blocks });
  }

  /** Lets seconds pass: invoices expire, deliveries that are due are made. */
  advance(seconds) {
    return this.control('clock', { advance: seconds });
  }

  /** Reads what really happened: requests, executions, objects. */
  ledger() {
    return this.control('ledger');
  }

  /** Reads every webhook with all of its tries. */
  deliveries() {
    return this.control('deliveries');
  }

  /** Adds rules for what goes wrong; `clearFaults` ends them. */
  faults(rules) {
    return this.control('faults', rules);
  }

  /** Lets everything go right again. */
  async clearFaults() {
    await this.control('faults', undefined, { method: 'DELETE' });
  }

  /** Calls any path below `/_sandbox/`: with a body it acts, without it reads. */
  control(path, body, { method = body === undefined ? 'GET' : 'POST' } = {}) {
    return ask(`${this.url}/_sandbox/${path}`, { method, body, caFile: this.zaif.caFile });
  }
}

function find(given) {
  const program = given ?? process.env.KESSAI_SANDBOX;
  const found = program || ofPackage() || onPath();
  if (found) return found;
  throw new SandboxError(
    'the program kessai-sandbox was not found: `npm install --save-dev kessai-sandbox`, ' +
      'or set KESSAI_SANDBOX to where it is',
  );
}

/** Where the package `kessai-sandbox` has it, if that is installed. */
function ofPackage() {
  try {
    return require('kessai-sandbox').program;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw new SandboxError(error.message, { cause: error });
  }
}

function onPath() {
  const places = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return places.map((place) => join(place, NAME)).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The line that says it is ready; fails when it takes too long. */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('it took too long')), START_MS);
    const lines = createInterface({ input: child.stdout });
    const settle = (how) => (value) => {
      clearTimeout(late);
      lines.close();
      // Whatever else it prints must not fill the pipe.
      child.stdout.resume();
      how(value);
    };
    lines.once('line', settle(resolve));
    child.once('error', settle(reject));
    child.once('exit', (status) => settle(reject)(new Error(`it ended with ${status}`)));
  });
}

module.exports = { Sandbox };
