/** An object as the service described it. Never changes. */
export class Model {
  /** All of it as one text, for a cache or a queue; `restore` reads it. */
  store(): string;

  /** The object as the service sent it, to the letter: JSON. */
  rawJson(): string;

  /**
   * The same as an object, fields unknown to kessai included. A number that a JavaScript
   * number would change is a string.
   */
  get raw(): Record<string, unknown>;
}
