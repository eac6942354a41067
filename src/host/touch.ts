/** Marking a file as used. */
import { utimesSync } from "node:fs";

/** Sets a file's time to now. One that cannot be changed stays as it is: the mark is only a help. */
export function markAsUsed(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // A read-only cache works as well.
  }
}
