'use strict';

// One question to the sandbox: no proxy of the environment stands between a machine
// and itself, and no connection stays open behind it.

const http = require('node:http');
const https = require('node:https');
const { readFile } = require('node:fs/promises');
const native = require('./native.js');
const { SandboxError } = require('./sandbox-error.js');

const CALL_MS = 30_000;

/** Sends a body as JSON, and reads the answer's, numbers with decimals as strings. */
async function ask(url, { method, body, caFile }) {
  const options = { method, agent: false, timeout: CALL_MS };
  if (caFile !== undefined) options.ca = await readFile(caFile);
  const { status, text } = await exchange(url, options, body);
  if (status >= 400) throw new SandboxError(text);
  return text === '' ? null : JSON.parse(native.exact(text));
}

function exchange(url, options, body) {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const fail = (cause) => reject(new SandboxError('the sandbox does not answer', { cause }));
    const asked = request(url, options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', fail);
      answer.on('end', () => {
        resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() });
      });
    });
    asked.on('error', fail);
    asked.on('timeout', () => asked.destroy(new Error('it took too long')));
    if (body !== undefined) {
      asked.setHeader('Content-Type', 'application/json');
      asked.write(JSON.stringify(body));
    }
    asked.end();
  });
}

module.exports = { ask };
