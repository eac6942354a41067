/** The drafted function as a text to paste, for a view that is not understood. */
import { ImportList } from "../../python/import-list.ts";
import { callsIn } from "../../python/module.ts";
import { namesIn, renameIn } from "../../python/rename.ts";
import type { PythonModule } from "../../python/syntax.ts";
import type { DraftedEvent } from "./drafted.ts";
import { inlinedTopic, neededPieces } from "./event-function.ts";
import { sharedTopic } from "./shared-topic.ts";
import { definedNames, hasSame, otherNames } from "./view-names.ts";

/**
 * What has to be put into the view by hand: imports, constants and functions, and how the topic is made. What the view has
 * is left out, and what it calls by the same name gets another one.
 * @param view The view's files.
 */
export function pasteText(drafted: DraftedEvent, view: readonly PythonModule[]): string {
  const { text, pieces, imports } = drafted;
  const own = view.map(topicOfAll).find((one) => one !== undefined);
  const topic = own === undefined ? inlinedTopic(drafted, "topic").replace(/^ {4}/gm, "") : "";
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
  const topicText = own === undefined ? `# The topic:\n${made}` : `# The topic stays:\n${own}`;
  return [list.write(), ...told, topicText].filter((one) => one !== "").join("\n\n\n");
}

/** The statement by which a view makes the topic of all its messages of what they hold, whatever their event is. */
function topicOfAll(module: PythonModule): string | undefined {
  for (const { node } of module.functions) {
    const sent = callsIn(module.text, node).find(({ callee }) =>
      /(^|\.)check_send_webhook_message$/.test(callee),
    );
    const named = sent?.args.find(({ name }) => /^topic(_name)?$/.test(name ?? ""));
    const topic = named?.value ?? sent?.args.filter(({ name }) => name === undefined)[2]?.value;
    const body = node.getChild("Body");
    if (!topic || !body) continue;
    const source = module.text.slice(topic.from, topic.to);
    const lines =
      topic.kind === "name" ? sharedTopic(module, [body], topic.name) : `topic = ${source}`;
    return lines !== undefined && /\bpayload\b/.test(lines) && !/\bevent\w*\b/.test(lines)
      ? lines
      : undefined;
  }
  return undefined;
}
