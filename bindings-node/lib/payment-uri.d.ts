import type { Coin, Invoice } from './zaif-models';

/** What a payment link is made of. */
export interface PaymentUriValues {
  /** The coin to pay in. */
  currency: Coin;

  /** Where to pay to. */
  address: string;

  /** How much, in the coin; absent: any. Never a float. */
  amount?: string | number | bigint | undefined;

  /** Whom it is for. */
  label?: string | undefined;

  /** What it is for. */
  message?: string | undefined;

  /** Every other parameter, by name; as pairs where one stands more than once. */
  parameters?:
    | Readonly<Record<string, string>>
    | ReadonlyArray<readonly [name: string, value: string]>
    | undefined;
}

/**
 * A payment link that wallets understand (BIP21).
 *
 * Amounts are exact; parameters that nobody knows are kept; a link that demands something
 * unknown (`req-`) is refused. `String(link)` gives the link.
 */
export class PaymentUri {
  constructor(values: PaymentUriValues);

  /**
   * Reads a payment link.
   *
   * @throws InputError naming what is wrong with it
   */
  static parse(uri: string): PaymentUri;

  /**
   * The link for an invoice, from its own fields and without a label.
   *
   * @throws ProtocolError where the invoice's own link disagrees with its other fields:
   *   money could go astray
   */
  static forInvoice(invoice: Invoice): PaymentUri;

  /** The scheme, such as `bitcoin`. */
  readonly scheme: string;

  /** The coin by its code, such as `btc`. */
  readonly currency: Coin;

  /** Where to pay to. */
  readonly address: string;

  /** How much, in the coin, exact. */
  readonly amount: string | null;

  /** Whom it is for. */
  readonly label: string | null;

  /** What it is for. */
  readonly message: string | null;

  /** Every other parameter, in order. */
  readonly parameters: ReadonlyArray<readonly [name: string, value: string]>;

  /** The link. */
  toString(): string;

  /** The link. */
  toJSON(): string;
}
