/** Users filter by event types, in URLs that nobody can change for them. */
import { stringsIn } from "../../python/module.ts";
import { parseModule } from "../../python/parse-module.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { areMadeUp, declaredEvents, declaredEventsIn } from "../event-types.ts";
import { formerEntry } from "../former-entry.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

const SHOWN = 5;

export const eventKept: Rule = {
  id: "event-kept",
  part: "view",
  severity: "warning",
  summary: "A branch keeps the event types that the view declares on its base.",
  why: "The URLs of users name them in `only_events` and `exclude_events`. If a type is renamed, such a filter no longer matches: wanted messages stay away, or unwanted ones come.",
  howToFix:
    "Keep the names of event types. If a type is really gone, add an exception with the reason to `connect-webhook.config.json`.",
  needsEntry: true,
  dialects: "Only where a base is known: with `lint --changed`, and in `review`.",
  async check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const declared = declaredEvents(target);
    if (!view || path === undefined || !declared?.names) return [];
    const text = await target.session.textOnBase(path);
    const former = await formerEntry(target);
    if (text === undefined || !former) return [];
    const known = new Set(declared.names);
    const gone = sendable(parseModule(text), former.functionName).filter(
      (name) => !known.has(name),
    );
    if (gone.length === 0) return [];
    const names = gone.slice(0, SHOWN).map((name) => `"${name}"`);
    const [what, are] = gone.length === 1 ? ["event type", "is"] : ["event types", "are"];
    const more = gone.length > SHOWN ? ` and ${gone.length - SHOWN} more` : "";
    return [
      {
        path,
        ...placeOf(view, declared.offset),
        message: `The ${what} ${names.join(", ")}${more} of the base ${are} gone: filters of users that name ${gone.length === 1 ? "it" : "them"} (\`only_events\`, \`exclude_events\`) no longer match.`,
        fix: "Keep the old names: the filters stand in the URLs that users gave to their services.",
      },
    ];
  },
};

/** The declared event types of a view, without those of a list that nothing else in it names: these were never sent. */
function sendable(view: PythonModule, functionName: string): readonly string[] {
  const { names = [], listed = false } = declaredEventsIn(view, functionName) ?? {};
  if (!listed) return names;
  const counts = new Map<string, number>();
  for (const { value } of stringsIn(view.text, view.root)) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const unused = names.filter((name) => (counts.get(name) ?? 0) < 2);
  return areMadeUp(unused.length, names.length)
    ? names
    : names.filter((name) => !unused.includes(name));
}
