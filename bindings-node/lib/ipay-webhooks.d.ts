import type { Event } from './ipay-models';

/**
 * Checks the signatures of webhooks.
 *
 * A genuine event is not yet the right one, nor a new one: let each `key` count once, and let
 * `Client.confirm` read the payment itself.
 *
 * ```js
 * app.post('/webhooks/ipay', express.raw({ type: 'application/json' }), async (request, answer) => {
 *   try {
 *     const event = webhooks.verify(request.body, request.headers['ipay-signature']);
 *     await handle(event);
 *     answer.sendStatus(200);
 *   } catch (error) {
 *     answer.sendStatus(ipay.Webhooks.status(error));
 *   }
 * });
 * ```
 */
export class Webhooks {
  /**
   * Accepts what any of the secrets has signed, so that one can be replaced while deliveries
   * are under way: give the new one first.
   */
  constructor(secrets: string | readonly string[]);

  /**
   * Checks a webhook and gives its event.
   *
   * @param body the bytes as they were received: what a framework has parsed is refused
   * @param signature what the header `ipay-signature` holds; whatever is no true signature, a
   *   header that is missing or stands twice included, is the one `SignatureError`
   * @throws SignatureError whatever is wrong with the signature: answer HTTP 401
   * @throws ProtocolError for what is signed and no event
   */
  verify(body: Uint8Array | string, signature: string | readonly string[] | null | undefined): Event;

  /**
   * The HTTP status to answer an error with: 401 to what the service has not signed, 400 to
   * what is no event, else 503, and the service sends it again.
   */
  static status(error: unknown): number;
}

/**
 * The signature that the service would send with this body: for tests of a shop's own handler.
 */
export function sign(body: Uint8Array | string, secret: string): string;
