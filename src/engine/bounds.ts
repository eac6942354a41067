/**
 * How much of what Python says is kept. A text that is only shown is cut; one that is compared or written into a
 * test is kept whole up to a length, and marked when it is not.
 */

/** Lengths are UTF-16 units; a message of Connect's has 10,000 characters at most. */
export const LONGEST = {
  name: 1_000,
  line: 2_000,
  message: 10_000,
  traceback: 50_000,
  compared: 100_100,
  output: 100_100,
  body: 100_000,
} as const;

/**
 * A text of at most so many characters, with a note of how many more there were. Its beginning and its end stay: an
 * exception stands at the end of its traceback.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  const half = Math.floor(most / 2);
  const left = (text.length - 2 * half).toLocaleString("en");
  return `${text.slice(0, half)}\n… ${left} more characters …\n${text.slice(-half)}`.toWellFormed();
}

/** Whether a text is kept as it is by `cut`. */
export function fitsWhole(text: string, most: number): boolean {
  return text.length <= most && text.isWellFormed();
}
