export * from './ipay-client';
export * from './ipay-models';
export type { Page, Paged } from './client';
export type { CallEvent, ClockSkewEvent, Event as HookEvent, RequestEvent } from './event';
export type { Json } from './json';
export { sign, Webhooks } from './ipay-webhooks';

/**
 * The idempotency key that belongs to an order: the same for the same arguments, in every
 * process and every language, and another for any others.
 *
 * @param purpose what is done for the order: `payment`, and for each refund its own number,
 *   as `refund-1`
 * @param attempt starts at 1, and rises only after a definite failure: declined (a
 *   `CardError`), `failed` or `canceled`. Never while an outcome is unknown: that attempt may
 *   have taken the money, and a new key would take it again.
 */
export function orderKey(order: string, purpose: string, attempt: number): string;
