'use strict';

const native = require('./native.js');
const { core } = require('./translate.js');

/** A decimal amount in the currency's smallest unit: nothing is ever rounded. */
function minorUnits(amount, currency) {
  return core(() => native.minorUnits(amount, currency));
}

/** The amount that so many of the currency's smallest unit are, as a decimal string. */
function majorUnits(minor, currency) {
  return core(() => native.majorUnits(minor, currency));
}

/** How many decimals a currency has. */
function currencyExponent(currency) {
  return core(() => native.currencyExponent(currency));
}

module.exports = { currencyExponent, majorUnits, minorUnits };
