import { cutShort } from "../../cut.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { messageTexts } from "../message-texts.ts";
import type { Finding, Rule } from "../rule.ts";
import { placeOf } from "../target.ts";
import { isTopic, topicValues } from "../templates.ts";

/** Markdown around a value or a name. */
const MARKUP = /\*\*[^*]+\*\*|`[^`]+`|\[[^\][]+\]\([^()]+\)|\n/;

export const topicPlain: Rule = {
  id: "topic-plain",
  part: "view",
  severity: "warning",
  summary: "Topics are plain text on one line.",
  why: "A topic is shown as it is: asterisks, backticks and links in it are signs that readers have to look past.",
  howToFix: "Write the topic without Markdown, and put links and emphasis into the message.",
  needsEntry: false,
  check(target) {
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      return module ? markedUp(path, module) : [];
    });
  },
};

function markedUp(path: string, module: PythonModule): Finding[] {
  const values = topicValues(module);
  return messageTexts(module).flatMap(({ text, from, whole }) => {
    const inTopic =
      isTopic(module.text, from) || values.some((one) => one.from <= from && from < one.to);
    if (!inTopic || !whole || !MARKUP.test(text)) return [];
    const message = `The topic ${JSON.stringify(cutShort(text, 60))} holds Markdown, which topics show as it is.`;
    return [{ path, ...placeOf(module, from), message, fix: "Write it as plain text." }];
  });
}
