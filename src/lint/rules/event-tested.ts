import { declaredEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const eventTested: Rule = {
  id: "event-tested",
  part: "tests",
  severity: "hint",
  summary: "Every event type that the view declares shows in a test or a fixture.",
  why: "An event without a test is the one that breaks unnoticed.",
  howToFix: "Capture a payload of that event and write a test for it.",
  needsEntry: false,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const declared = declaredEvents(target);
    const tests = target.tests();
    if (!view || path === undefined || !declared?.names || !tests) return [];
    const words = letters(
      [tests.module.text, ...target.files.fixtures.flatMap((one) => textsOf(target, one))].join(
        "\n",
      ),
    );
    return declared.names
      .filter((name) => !words.includes(letters(name)))
      .map((name) => ({
        path,
        ...placeOf(view, declared.offset),
        message: `No test and no fixture names the event type "${name}".`,
        fix: `Capture a payload of it, and write a test in ${tests.path}.`,
      }));
  },
};

function textsOf(target: LintTarget, { path, file }: { path: string; file: string }): string[] {
  return [file, target.text(path) ?? ""];
}

/** Payloads, file names and views write one event in different ways: `pull_request`, `pullRequest`, `Pull Request`. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[\s_\-:.]/g, "");
}
