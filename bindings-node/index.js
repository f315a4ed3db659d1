'use strict';

// Takes payments without losing a yen or taking one twice.

const { KessaiError } = require('./lib/error.js');
const { KINDS, ...errors } = require('./lib/errors.js');
const { lazily } = require('./lib/lazy.js');
const native = require('./lib/native.js');
const zaif = require('./lib/zaif.js');

module.exports = lazily(
  { ...errors, KessaiError, version: native.version(), zaif },
  {
    AbortError: () => require('./lib/abort.js'),
    Qr: () => require('./lib/qr.js'),
  },
);
