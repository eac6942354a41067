/** What could not be converted, for the author to look at. */
export interface Note {
  /** Path in the target. */
  readonly path: string;
  /** The line in the source's file, from 1; undefined where no one line is meant. */
  readonly line: number | undefined;
  /** A sentence without its full stop. */
  readonly message: string;
}
