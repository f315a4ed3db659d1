/** Takes payments without losing a yen or taking one twice. */

export * from './lib/errors';
export { AbortError } from './lib/abort';
export { type Facts, KessaiError, type Outcome } from './lib/error';
export { currencyExponent, majorUnits, minorUnits } from './lib/minor-units';
export { Qr } from './lib/qr';

/** iPay: payments, refunds, customers, cards and signed webhooks. */
export * as ipay from './lib/ipay';

/** Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin. */
export * as zaif from './lib/zaif';

/** The version of the library. */
export const version: string;
