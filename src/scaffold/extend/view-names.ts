/** Names that a view has already, and what drafted definitions are called beside them. */
import type { PythonModule } from "../../python/syntax.ts";
import type { Piece } from "./drafted.ts";

/** What a module defines or imports. */
export const definedNames = ({ functions, assignments, imports }: PythonModule): string[] => [
  ...functions.map(({ name }) => name),
  ...assignments.map(({ target }) => target),
  ...imports.map(({ alias }) => alias),
];

/** A name that is not taken: this one, or the same with a number. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  return name;
}

/** Other names, by their own, for drafted definitions whose names are taken. */
export const otherNames = (
  pieces: readonly Piece[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> =>
  new Map(
    pieces.flatMap(({ name }) =>
      taken.has(name) ? [[name, freeName(otherName(name), taken)] as const] : [],
    ),
  );

const otherName = (name: string): string =>
  name === name.toUpperCase() ? `EVENT_${name}` : name.replace(/^(get_)?/, "$1event_");

/** Whether a module has the very same definition already, from a draft of before. */
export function hasSame(module: PythonModule, { name, text }: Piece): boolean {
  const plain = (source: string): string => source.replace(/\s+/g, "").replaceAll("'", '"');
  const known =
    module.functions.find((one) => one.name === name) ??
    module.assignments.find(({ target }) => target === name);
  return known !== undefined && plain(module.text.slice(known.from, known.to)) === plain(text);
}
