import { stringsIn } from "../../python/module.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const topicStable: Rule = {
  id: "topic-stable",
  part: "view",
  severity: "hint",
  summary: "The topic names what a message is about, not the single message.",
  why: "A topic with a time or a commit in it is new for every message, and the conversation falls apart.",
  howToFix:
    "Name the object (the project, the issue, the host), and put the rest into the message.",
  needsEntry: false,
  check(target) {
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      if (!module) return [];
      return stringsIn(module.text, module.root)
        .filter(({ from, to }) => isTopic(module.text, from) && varies(module.text.slice(from, to)))
        .map(({ from, to }) => ({
          path,
          ...placeOf(module, from),
          message: `The topic ${module.text.slice(from, to).split("\n")[0]} is a new one for every message.`,
          fix: "Name the object that the message is about, and put the rest into the message.",
        }));
    });
  },
};

/** Whether a string is the value of a variable or parameter that is called a topic. */
function isTopic(text: string, from: number): boolean {
  return /\b\w*topic\w*(?::[^=\n]*)? *= *[([]?\s*$/i.test(
    text.slice(Math.max(0, from - 120), from),
  );
}

function varies(literal: string): boolean {
  return /\{(?:[\w.]*[._])?(time|timestamp|date|datetime|created_at|updated_at|sha|commit_id|uuid|guid)\}/i.test(
    literal,
  );
}
