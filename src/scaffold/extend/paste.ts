/** The drafted function as a text to paste, for a view that is not understood. */
import { ImportList } from "../../python/import-list.ts";
import { namesIn, renameIn } from "../../python/rename.ts";
import type { PythonModule } from "../../python/syntax.ts";
import type { DraftedEvent } from "./drafted.ts";
import { inlinedTopic, neededPieces } from "./event-function.ts";
import { definedNames, hasSame, otherNames } from "./view-names.ts";

/**
 * What has to be put into the view by hand: imports, constants and functions, and how the topic is made. What the view has
 * is left out, and what it calls by the same name gets another one.
 * @param view The view's files.
 */
export function pasteText(drafted: DraftedEvent, view: readonly PythonModule[]): string {
  const { text, pieces, imports } = drafted;
  const topic = inlinedTopic(drafted, "topic").replace(/^ {4}/gm, "");
  const needed = neededPieces(pieces, [text.text, topic]).filter(
    (piece) => !view.some((module) => hasSame(module, piece)),
  );
  const taken = new Set(view.flatMap(definedNames));
  const names = otherNames([...needed, text], taken);
  const told = [...needed, text].map((piece) => renameIn(piece.text, names));
  const made = renameIn(topic, names);
  const used = new Set([...told, made].flatMap((one) => namesIn(one).map(({ name }) => name)));
  const list = new ImportList();
  for (const { module, name, alias } of imports)
    if (name !== undefined && used.has(alias) && !taken.has(alias)) list.add(module, name);
  return [list.write(), ...told, `# The topic:\n${made}`]
    .filter((one) => one !== "")
    .join("\n\n\n");
}
