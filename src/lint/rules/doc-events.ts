import { eventMacros } from "../../checkout/event-macros.ts";
import { declaredEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** The macro that lists the view's event types by itself. */
const macro = "event-filtering-additional-feature";

export const docEvents: Rule = {
  id: "doc-events",
  part: "documentation",
  severity: "hint",
  summary: "The page offers event filters if, and only if, the view declares event types.",
  why: "The list on the page is generated from the view; if the view declares nothing, the list is empty, which is a warning.",
  howToFix: `Include \`{!${macro}.md!}\`, or declare the event types in the view.`,
  needsEntry: true,
  dialects: `Only in trees that have the macro \`${macro}\`. Any macro that prints the event types is accepted.`,
  check(target) {
    const page = target.doc();
    if (!page || !target.view() || !target.checkout.dialect.docs.macros.has(macro)) return [];
    const path = target.integration.docFile;
    const included = page.macros.find(({ text }) => text === macro);
    const declared = declaredEvents(target);
    if (included && !declared) {
      return [
        {
          path,
          line: included.line,
          severity: "warning",
          message: "The page lists event types, but the view declares none.",
          fix: "Give the view's decorator `all_event_types`, or take the macro out.",
        },
      ];
    }
    if (!declared || page.macros.some(({ text }) => printsEvents(target, text))) return [];
    const message = "The page does not say that events can be filtered.";
    return [{ path, line: 1, message, fix: `Include \`{!${macro}.md!}\` after the steps.` }];
  },
};

/** Whether a macro, or one that it includes, prints the view's event types. */
function printsEvents({ session, checkout }: LintTarget, name: string): boolean {
  const printing = session.once("macros that print event types", () => {
    const { macroDirectory, macros } = checkout.dialect.docs;
    const texts = [...macros].map(
      (one) => [one, session.text(`${macroDirectory}/${one}.md`) ?? ""] as const,
    );
    return eventMacros([[macro, "all_event_types"], ...texts]);
  });
  return printing.has(name);
}
