/** Texts of a stranger's size, cut to what somebody can look at. */

/** What is left of a text that was cut. */
export interface Cut {
  text: string;
  /** Characters that were left out; 0 for a text that is whole. */
  left: number;
}

/**
 * The beginning of a text.
 * @param most Characters (UTF-16 units) that it may have. A character of two units is not torn.
 */
export function beginning(text: string, most: number): Cut {
  if (text.length <= most) return { text, left: 0 };
  const end = isHighSurrogate(text, most - 1) ? most - 1 : most;
  return { text: copied(text.slice(0, end)), left: text.length - end };
}

/**
 * The end of a text.
 * @param most Characters (UTF-16 units) that it may have.
 */
export function ending(text: string, most: number): Cut {
  if (text.length <= most) return { text, left: 0 };
  const from = text.length - most;
  const start = isHighSurrogate(text, from - 1) ? from + 1 : from;
  return { text: copied(text.slice(start)), left: start };
}

/** The beginning of a text, and a line that says how much is left out. */
export function cutShort(text: string, most: number): string {
  const { text: shown, left } = beginning(text, most);
  return left === 0 ? text : `${shown}\n${leftOut(left)}`;
}

/** The line that says how much is left out. */
export function leftOut(number: number, noun = "character"): string {
  return `… ${number} more ${noun}${number === 1 ? "" : "s"}`;
}

const isHighSurrogate = (text: string, index: number): boolean =>
  (text.charCodeAt(index) & 0xfc00) === 0xd800;

/** A part of a text holds the whole of it in memory, unless it is copied. */
const copied = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");
