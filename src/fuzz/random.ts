/** Chance that can be had again: everything here is decided by its seed. */

/** Numbers from 0 up to 1, as Marsaglia's xorshift makes them. */
export function randomNumbers(seed: string | number): () => number {
  let state = hashOf(`${seed}`) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], next: () => number): T[] {
  return things
    .map((thing) => ({ thing, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing);
}

/** What parsers stumble over, in pieces. */
const PIECES = [
  ..."#*_~`[](){}<>!|\\/:;,.@&%$^=+-'\" \t\r\n",
  ..."aZ09éß漢😀",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "\u{e0001}",
  "](",
  "![",
  "@_**",
  "#**",
  "$$",
  "<!--",
  "/me ",
  "```spoiler ",
  "https://",
  "<time:",
  "refs/heads/",
  "2024-13-45T99:99:99Z",
  "1e999",
];

/** A text of up to forty pieces. */
export function randomText(seed: string): string {
  const next = randomNumbers(seed);
  const length = 1 + Math.floor(next() * 40);
  return Array.from({ length }, () => PIECES[Math.floor(next() * PIECES.length)]).join("");
}
