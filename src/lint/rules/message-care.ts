import { type PythonModule, stringsIn } from "../../python/module.ts";
import type { Finding, Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

/** What can go wrong with text that somebody else wrote, and where a template shows that it may. */
const traps: {
  pattern: RegExp;
  newOnly: boolean;
  /** What a view that takes care of it has. */
  care?: RegExp;
  message: string;
  fix: string;
}[] = [
  {
    pattern: /```[^`]*\n[^`]*\{\w[^{}]*\}[^`]*```/,
    newOnly: false,
    message: "A text with three backticks in it ends this block early.",
    fix: "Fence it with `~~~`, or cut the backticks out of the text.",
  },
  {
    // What comes of a user's own name was looked up.
    pattern: /@_?\*\*[^*]*\{(?![^{}]*\bfull_name\b)[^{}]*\}[^*]*\*\*/,
    newOnly: false,
    message:
      "A name from the payload makes a mention here, and may call somebody who has nothing to do with it.",
    fix: "Look the user up first, or write the name in bold without the @.",
  },
  {
    pattern: /\[[^\][]*\{\w[^{}]*\}[^\][]*\]\(\{/,
    newOnly: true,
    care: /\.replace\("\[",/,
    message: "A title with brackets in it breaks this link.",
    fix: "Make sure that the service allows no brackets there, or take them out.",
  },
];

export const messageCare: Rule = {
  id: "message-care",
  part: "view",
  severity: "hint",
  summary:
    "Text from the payload cannot break out of the block, the mention or the link it is put into.",
  why: "Titles and descriptions are written by strangers, and end up among the Markdown of the message. Links are looked at only in files that the branch adds.",
  howToFix:
    "Fence blocks with `~~~`, look users up before they are mentioned, and cut what would end the link.",
  needsEntry: false,
  check(target) {
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      return module ? trapsIn(path, module, target.session.isNew(path)) : [];
    });
  },
};

/** One finding a trap and file: what helps is the same everywhere in it. */
function trapsIn(path: string, module: PythonModule, isNew: boolean): Finding[] {
  const strings = stringsIn(module.text, module.root);
  return traps.flatMap(({ pattern, newOnly, care, message, fix }) => {
    if ((newOnly && !isNew) || care?.test(module.text)) return [];
    const hit = strings.find(({ from, to }) =>
      pattern.test(module.text.slice(from, to).replaceAll("\\n", "\n")),
    );
    return hit ? [{ path, ...placeOf(module, hit.from), message, fix }] : [];
  });
}
