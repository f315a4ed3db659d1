export * from './zaif-client';
export * from './zaif-models';
export type { CallOptions, ListPromise } from './client';
export type { CallEvent, ClockSkewEvent, Event, RequestEvent } from './event';
export { Hint } from './hint';
export { PaymentUri, type PaymentUriValues } from './payment-uri';
export { type Notice, Webhooks } from './webhooks';
export type { Resumed } from './resumed';
