'use strict';

// Takes payments without losing a yen or taking one twice.

const { AbortError } = require('./lib/abort.js');
const { KessaiError } = require('./lib/error.js');
const { KINDS, ...errors } = require('./lib/errors.js');
const { Qr } = require('./lib/qr.js');
const native = require('./lib/native.js');
const zaif = require('./lib/zaif.js');

module.exports = { ...errors, KessaiError, AbortError, Qr, version: native.version(), zaif };
