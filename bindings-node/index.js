'use strict';

// Takes payments without losing a yen or taking one twice. What not every program uses is
// loaded when it is asked for.

const { KessaiError } = require('./lib/error.js');
const { KINDS, ...errors } = require('./lib/errors.js');
const native = require('./lib/native.js');

module.exports = {
  ...errors,
  KessaiError,
  version: native.version(),

  get ipay() {
    return require('./lib/ipay.js');
  },

  get zaif() {
    return require('./lib/zaif.js');
  },

  get currencyExponent() {
    return require('./lib/minor-units.js').currencyExponent;
  },

  get minorUnits() {
    return require('./lib/minor-units.js').minorUnits;
  },

  get majorUnits() {
    return require('./lib/minor-units.js').majorUnits;
  },

  get AbortError() {
    return require('./lib/abort.js').AbortError;
  },

  get Qr() {
    return require('./lib/qr.js').Qr;
  },
};
