import { shellCommand } from "../../host/shell-command.ts";
import { areMadeUp, declaredEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const eventTested: Rule = {
  id: "event-tested",
  part: "tests",
  severity: "hint",
  summary: "Every event type that the view declares appears in a test or a fixture.",
  why: "An event without a test breaks unnoticed.",
  howToFix:
    "Receive a payload of that event with `connect-webhook capture <name>`, which goes on to its test.",
  needsEntry: false,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const declared = declaredEvents(target);
    const tests = target.tests();
    if (!view || path === undefined || !declared?.names || !tests) return [];
    const texts = [
      tests.module.text,
      ...target.files.fixtures.map(({ path: file }) => `${file}\n${target.text(file) ?? ""}`),
    ].map((text) => text.toLowerCase());
    const unnamed = declared.names.filter((name) => !texts.some((text) => names(text, name)));
    if (areMadeUp(unnamed.length, declared.names.length)) return [];
    return unnamed.map((name) => ({
      path,
      ...placeOf(view, declared.offset),
      message: `No test and no fixture names the event type "${name}".`,
      fix: target.registered
        ? `Receive one with \`${shellCommand("connect-webhook", "capture", target.name)}\`, which goes on to its test.`
        : `Capture a payload of it, and write a test in ${tests.path}.`,
    }));
  },
};

/** Whether one text has all the words of an event type: payloads write `pull_request` as `pullRequest` and in two places. */
function names(text: string, event: string): boolean {
  const words = event
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => text.includes(word));
}
