'use strict';

// Takes payments without losing a yen or taking one twice. What not every program uses is
// loaded when it is asked for.

const { KessaiError } = require('./lib/error.js');
const { KINDS, ...errors } = require('./lib/errors.js');
const native = require('./lib/native.js');
const zaif = require('./lib/zaif.js');

module.exports = {
  ...errors,
  KessaiError,
  version: native.version(),
  zaif,

  get AbortError() {
    return require('./lib/abort.js').AbortError;
  },

  get Qr() {
    return require('./lib/qr.js').Qr;
  },
};
