/** What every call takes besides its own. */
export interface CallOptions {
  /** The time limit of this call in milliseconds, instead of the client's. */
  timeout?: number | undefined;

  /**
   * Ends the call: within about a tenth of a second it rejects with an `AbortError` that
   * says what is known of it.
   */
  signal?: AbortSignal | undefined;
}

/** A promise of a list that can also be walked through with `for await`. */
export interface ListPromise<T> extends Promise<T[]>, AsyncIterable<T> {}

/** What every client can do. */
export class BaseClient {
  /**
   * Closes the client: calls made from now on fail. Resolves when those that are under way
   * have ended.
   */
  close(): Promise<void>;

  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
