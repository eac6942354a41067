/** The drafted function as a text to paste, for a view that is not understood. */
import { ImportList } from "../../python/import-list.ts";
import { namesIn } from "../../python/rename.ts";
import type { DraftedEvent } from "./drafted.ts";
import { inlinedTopic, neededPieces } from "./event-function.ts";

/** What has to be put into the view by hand: imports, constants and functions, and how the topic is made. */
export function pasteText(drafted: DraftedEvent): string {
  const { text, pieces, imports } = drafted;
  const topic = inlinedTopic(drafted, "topic").replace(/^ {4}/gm, "");
  const needed = neededPieces(pieces, [text.text, topic]);
  const told = [...needed.map((piece) => piece.text), text.text];
  const used = new Set([...told, topic].flatMap((one) => namesIn(one).map(({ name }) => name)));
  const list = new ImportList();
  for (const { module, name, alias } of imports)
    if (name !== undefined && used.has(alias)) list.add(module, name);
  return [list.write(), ...told, `# The topic:\n${topic}`]
    .filter((one) => one !== "")
    .join("\n\n\n");
}
