/** The line (from 1) of the first conflict marker of a merge; undefined when there is none. */
export function conflictLine(text: string): number | undefined {
  const at = text.search(/^(?:<{7}|>{7}|\|{7}) \S/m);
  return at < 0 ? undefined : text.slice(0, at).split("\n").length;
}
