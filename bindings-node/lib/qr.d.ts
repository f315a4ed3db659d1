/** A QR code of any text, error level M, quiet zone of four modules. */
export class Qr {
  constructor(text: string);

  /** Its modules in a row, without the quiet zone. */
  get size(): number;

  /** Its modules row by row; true is dark. */
  modules(): boolean[][];

  /** Draws it as an SVG image, with a label for those who cannot see it. */
  toSvg(label?: string): string;

  /** Draws it for a terminal, readable whatever its colours are. */
  toTerminal(): string;
}
