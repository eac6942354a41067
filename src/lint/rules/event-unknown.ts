import { findNodes } from "../../python/source.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const eventUnknown: Rule = {
  id: "event-unknown",
  part: "view",
  severity: "hint",
  summary: "An event that the view does not know raises `UnsupportedWebhookEventTypeError`.",
  why: "A bare lookup fails with a server error instead; some services then switch the webhook off for good.",
  howToFix:
    "Ask the table with `.get()`, and raise `UnsupportedWebhookEventTypeError` when it has no answer.",
  needsEntry: false,
  check(target) {
    const texts = target.files.viewFiles.map((path) => target.text(path) ?? "");
    if (texts.some((text) => /\bUn(supported|expected)WebhookEventType/.test(text))) return [];
    const view = target.view();
    const path = target.files.viewFile;
    if (!view || path === undefined) return [];
    const guarded = guardedTables(view.text);
    const tables = new Set(
      view.assignments.flatMap(({ target: name, value }) =>
        value?.kind === "dict" && value.elements.length > 0 && !guarded(name) ? [name] : [],
      ),
    );
    for (const node of findNodes(view.root, "MemberExpression")) {
      const source = view.text.slice(node.from, node.to);
      const [, table, key = ""] = /^(\w+)\[([^\]'"]*)\]$/.exec(source) ?? [];
      if (!/event|action|type|kind/i.test(key) || !tables.has(table ?? "")) continue;
      return [
        {
          path,
          ...placeOf(view, node.from),
          message: `\`${source}\` fails with a server error for an event that the table does not have.`,
          fix: `Use \`${table}.get(${key})\`, and raise \`${target.checkout.dialect.view.library.unsupportedEvent ?? "an error"}(${key})\` when there is nothing.`,
        },
      ];
    }
    return [];
  },
};

/** Tells of a table whether the code asks before it looks a key up, or catches what happens. */
function guardedTables(text: string): (table: string) => boolean {
  const code = text.replace(/^ALL_EVENT_TYPES.*$/m, "");
  if (code.includes("except KeyError")) return () => true;
  const asked = code.matchAll(/\bin (\w+)|\b(\w+)\.(?:get|keys)\(/g);
  const names = new Set([...asked].map(([, within, got]) => within ?? got));
  return (table) => names.has(table);
}
