/** Event types are declared so that users can filter by them; one that is never passed on filters nothing. */
import { declaredEvents, sendingCalls } from "../event-types.ts";
import { argumentOf } from "../fixture-uses.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const eventPassed: Rule = {
  id: "event-passed",
  part: "view",
  severity: "warning",
  summary: "A view that declares event types passes one with its messages.",
  why: "The documentation offers the declared types as filters, but no filter applies to a message without a type.",
  howToFix: "Pass the event type to `check_send_webhook_message` as its last argument.",
  needsEntry: false,
  dialects: "Only in trees whose `check_send_webhook_message` takes an event type.",
  check(target) {
    const declared = declaredEvents(target);
    if (!declared || !target.checkout.dialect.view.library.sendTakesEvent) return [];
    const calls = sendingCalls(target);
    const [first] = calls;
    const passes = calls.some(({ call }) => {
      if (call.args.some(({ stars }) => stars > 0)) return true;
      const argument = argumentOf(call, 4, "complete_event_type");
      return argument !== undefined && !(argument.kind === "constant" && argument.value === null);
    });
    if (!first || passes) return [];
    return [
      {
        path: first.path,
        ...placeOf(first.module, first.call.from),
        message: "The view declares event types, but passes none on: filters have no effect.",
        fix: "Give the event type as the last argument.",
      },
    ];
  },
};
