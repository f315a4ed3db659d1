/**
 * That something may have happened to an invoice.
 *
 * Neither kind of notification is signed, so a hint has no way to say "paid": hand it to
 * `Client.confirm`, which re-reads the invoice.
 */
export class Hint {
  /** A hint from its text form, as `String(hint)` gives it. */
  constructor(hint: string);

  /**
   * Reads the raw body of a `webhookUrl` or `notificationUri` post.
   *
   * @throws ProtocolError (`zaif.bad_notification`), whatever is wrong with it: answer HTTP
   *   400 then
   */
  static parse(body: Uint8Array | string): Hint;

  /** A hint from the shop's own books: this invoice is worth a look. */
  static about(invoiceId: string): Hint;

  /** The same where only the order is known: its invoices are worth a look. */
  static aboutOrder(orderNumber: string): Hint;

  /** The invoice to re-read, where the hint names one. */
  readonly invoiceId: string | null;

  /** The order whose invoices are to be re-read, where it names no invoice. */
  readonly orderNumber: string | null;

  /** Its text form, which can be put on a queue. */
  toString(): string;

  /** Its text form. */
  toJSON(): string;
}
