import { stringsIn } from "../../python/module.ts";
import { passesAnyOn } from "../any-event.ts";
import { eventFlow } from "../event-flow.ts";
import { areMadeUp, declaredEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const eventUsed: Rule = {
  id: "event-used",
  part: "view",
  severity: "hint",
  summary: "Every event type in a view's hand-written list also appears in its code.",
  why: "The documentation offers the listed types as filters; a type that is never sent filters nothing. Where the view sends a message for any type that the payload states, a type may be sent that nothing names.",
  howToFix: "Handle the event type, correct its spelling, or remove it from the list.",
  needsEntry: false,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const declared = declaredEvents(target);
    if (!view || path === undefined || !declared?.listed || !declared.names) return [];
    const { names, variable, offset } = declared;
    const exception = target.checkout.dialect.view.library.unsupportedEvent;
    const texts = target.files.viewFiles.map((file) => target.text(file) ?? "");
    const refuses = exception === undefined || texts.some((text) => text.includes(exception));
    if (!refuses && passesAnyOn(eventFlow(target))) return [];
    // A list that the code reads as well is used as a whole.
    if (variable !== undefined && mentions(view.text, variable) > 2) return [];
    const counts = stringCounts(target);
    const unused = names.filter((name) => (counts.get(name) ?? 0) < 2);
    // Types that the payload states pass through the view without being named.
    if (areMadeUp(unused.length, names.length)) return [];
    return unused.map((name) => ({
      path,
      ...placeOf(view, offset),
      message: `The view declares the event type "${name}", but nothing else in it names that.`,
      fix: "Handle it, correct its spelling, or take it out of the list.",
    }));
  },
};

function mentions(text: string, name: string): number {
  return text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
}

function stringCounts(target: LintTarget): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of target.files.viewFiles) {
    const module = target.session.module(path);
    if (!module) continue;
    for (const { value } of stringsIn(module.text, module.root)) {
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return counts;
}
