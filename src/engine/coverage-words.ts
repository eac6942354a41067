/** Coverage in words: percentages and lines. */

/** The percentage of statements that ran, rounded down: 100 means all of them. */
export function percentOf({ lines, covered }: { lines: number; covered: number }): number {
  return lines === 0 ? 100 : Math.floor((covered / lines) * 1000) / 10;
}

/** `3, 4, 5, 9` as `3-5, 9`. */
export function lineRanges(lines: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else parts.push([line, line]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
