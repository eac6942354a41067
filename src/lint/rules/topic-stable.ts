import { cutShort } from "../../cut.ts";
import { stringsIn } from "../../python/module.ts";
import { sendingCalls } from "../event-types.ts";
import { argumentOf } from "../fixture-uses.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import { isTopic, topicValues } from "../templates.ts";

export const topicStable: Rule = {
  id: "topic-stable",
  part: "view",
  severity: "hint",
  summary: "The topic names the subject of the message, not the individual message.",
  why: "If the topic contains a time or a commit, every message starts a new topic, and the conversation falls apart.",
  howToFix:
    "Name the object (the project, the issue, the host) in the topic, and put the rest into the message.",
  needsEntry: false,
  check(target) {
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      if (!module) return [];
      const values = volatile.test(module.text)
        ? [...topicValues(module), ...topicArguments(target, path)]
        : [];
      const found = [
        ...values.filter(({ from, to }) => volatile.test(module.text.slice(from, to))),
        ...stringsIn(module.text, module.root).filter(
          ({ from, to }) => isTopic(module.text, from) && varies(module.text.slice(from, to)),
        ),
      ];
      // A text within a value that was found already is said once.
      const outer = found.filter(
        (one, index) =>
          !found.slice(0, index).some(({ from, to }) => from <= one.from && one.to <= to),
      );
      return outer.map(({ from, to }) => ({
        path,
        ...placeOf(module, from),
        message: `The topic ${cutShort(module.text.slice(from, to).split("\n")[0] ?? "", 80)} is a new one for every message.`,
        fix: "Name the object that the message is about, and put the rest into the message.",
      }));
    });
  },
};

/** What the payload calls times, and what is one message or one change only; and what is made anew each time. */
const volatile =
  /\[\s*["'](?:time|timestamp|date|datetime|\w+_at|\w+At|sha|commit_?id|uuid|guid|(?:event|delivery|message|request|notification|trace|execution)_?id)["']\s*\]|\buuid[14]\(|\b(?:datetime|date|timezone)\.(?:now|today|utcnow)\(|\btime\.time\(|\{(?:event|delivery|message|request|notification|trace)_id\}/i;

/** What calls that send give as the topic, where it is put together there. */
function topicArguments(target: LintTarget, path: string): { from: number; to: number }[] {
  return sendingCalls(target)
    .filter((one) => one.path === path)
    .flatMap(({ call }) => {
      const argument = argumentOf(call, 2, "topic");
      return argument && argument.kind !== "name" ? [argument] : [];
    });
}

function varies(literal: string): boolean {
  return /\{(?:[\w.]*[._])?(time|timestamp|date|datetime|created_at|updated_at|sha|commit_id|uuid|guid)\}/i.test(
    literal,
  );
}
