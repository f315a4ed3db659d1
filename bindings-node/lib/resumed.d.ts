import type { Invoice } from './zaif-models';

/** What a resumed create turned out to have done. */
export type Resumed =
  | {
      readonly outcome: 'done';

      /** The invoice it made, in whatever state. */
      readonly invoice: Invoice;

      /** The ids of every other invoice of the order. */
      readonly others: readonly string[];
    }
  | {
      /** It made nothing: the order may be tried again. */
      readonly outcome: 'not_done';
    };
