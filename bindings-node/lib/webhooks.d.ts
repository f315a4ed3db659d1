import type { Hint } from './hint';

/** A notification that came to a true address. */
export interface Notice {
  /** The order that the address was made for. */
  readonly orderNumber: string;

  /** What to hand to `Client.confirm`. */
  readonly hint: Hint;

  /** Which of the secrets the address was made with; 0 is the newest. */
  readonly secretIndex: number;
}

/**
 * Makes the addresses that notifications go to, and receives what comes there.
 *
 * Notifications are not signed, and one sent by GET says nothing at all: so the address
 * carries the order number and a token that nobody can guess, and what comes without it is
 * turned away before it costs anything. A limit on re-reads stands before them, per order and
 * per process; what is beyond it is answered with 503 and comes again.
 */
export class Webhooks {
  /**
   * Addresses below `base`. The first of `secrets` (16 characters or more) makes them; each
   * of them is accepted, so that a secret can be replaced while invoices are under way.
   *
   * @param limits re-reads per minute: 10 for one order and 120 for this process by default
   */
  constructor(
    base: string,
    secrets: string | readonly string[],
    limits?: { perOrder?: number | undefined; perProcess?: number | undefined },
  );

  /**
   * The address for an order's notifications. Its last part is as good as a key: keep it out
   * of logs (`Webhooks.mask`).
   */
  address(orderNumber: string): string;

  /**
   * Receives a notification: the path of the request and its raw body.
   *
   * @throws SignatureError for a path without a true token
   * @throws ProtocolError for a body that is no notification
   * @throws RateLimitError beyond the limits
   */
  receive(path: string, body: Uint8Array | string): Notice;

  /**
   * The HTTP status to answer an error with: 404 to whoever has no token, 400 to what is no
   * notification, else 503, and the service sends it again.
   */
  static status(error: unknown): number;

  /** A path or an address as it may stand in a log: without its token. */
  static mask(path: string): string;
}
