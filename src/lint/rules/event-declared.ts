import { declaredEvents, sentEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const eventDeclared: Rule = {
  id: "event-declared",
  part: "view",
  severity: "error",
  summary: "Every event type that the view sends is declared with its decorator.",
  why: "Users filter messages by the declared event types, and the test base refuses one that is not declared.",
  howToFix: "Add the event type to the list that `all_event_types` is given.",
  needsEntry: false,
  check(target) {
    const declared = declaredEvents(target);
    const sent = sentEvents(target);
    if (!declared) {
      return target.checkout.dialect.view.library.declaresEvents ? undeclared(sent) : [];
    }
    const { names } = declared;
    if (!names) return [];
    return sent
      .filter(({ name }) => name !== undefined && !names.includes(name))
      .map(({ path, module, offset, name }) => ({
        path,
        ...placeOf(module, offset),
        message: `The view sends the event type "${name}", which it does not declare.`,
        fix: `Add "${name}" to ${declared.variable ?? "`all_event_types`"}.`,
      }));
  },
};

/** Without a declaration the filters work all the same; only nobody can know what to filter by. */
function undeclared([first]: ReturnType<typeof sentEvents>): ReturnType<Rule["check"]> {
  if (!first) return [];
  return [
    {
      path: first.path,
      ...placeOf(first.module, first.offset),
      severity: "warning",
      message: "The view sends event types, but declares none.",
      fix: "Give the decorator `all_event_types=ALL_EVENT_TYPES`.",
    },
  ];
}
