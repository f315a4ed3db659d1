/**
 * A decimal amount in the currency's smallest unit, as ISO 4217 has it: `'29.99'` in USD is
 * 2999, and `'2999'` in JPY is 2999. Nothing is ever rounded, and a number with decimals is
 * refused, for it cannot hold money exactly.
 *
 * @throws InputError for what does not fit, and for a currency that is not listed
 */
export function minorUnits(amount: string | number | bigint, currency: string): number;

/**
 * The amount that so many of the currency's smallest unit are, with all of its decimals: 2990
 * in USD is `'29.90'`.
 */
export function majorUnits(minor: number | bigint, currency: string): string;

/**
 * How many decimals a currency has, by ISO 4217: 0 for JPY, 2 for USD, 3 for KWD.
 *
 * @throws InputError for a currency that is not listed
 */
export function currencyExponent(currency: string): number;
