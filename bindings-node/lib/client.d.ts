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

/** One page of a list. */
export interface Page<T> {
  /** What stands on it. */
  readonly items: readonly T[];

  /** What the next page starts after (`startingAfter`); null on the last. */
  readonly next: string | null;
}

/**
 * A list that is fetched page by page while it is walked through with `for await`. Nothing is
 * fetched before, and no page is kept. Each walk begins anew.
 */
export interface Paged<T> extends AsyncIterable<T> {
  /** Walks through the pages instead of what stands on them. */
  pages(): AsyncIterable<Page<T>>;
}

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
