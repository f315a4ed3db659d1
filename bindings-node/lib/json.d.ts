/**
 * What JSON can hold, to the letter: whole numbers, or decimals as strings. A number with
 * decimals is refused, for it cannot hold money exactly.
 */
export type Json =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };
