/**
 * Reads comma-separated values (RFC 4180): cells in quotes may hold commas, line breaks and doubled quotes.
 * @returns Rows of cells.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // Each cell fits, broken ones too: a search for the next that does would read a long rest again and again.
  const cell = /(?:"([^"]*(?:""[^"]*)*)(?:"(?!")[^,\r\n]*|$)|((?!")[^,\r\n]*))(,|\r\n?|\n|$)/gy;
  for (const [, quoted, plain = "", end] of text.replace(/^\ufeff/, "").matchAll(cell)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
