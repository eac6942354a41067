import type { PythonModule } from "../../python/syntax.ts";
import { cutTexts } from "../cut-texts.ts";
import type { Finding, Rule } from "../rule.ts";
import { placeOf } from "../target.ts";
import { templatesIn } from "../templates.ts";

const PLACEHOLDER = /\{\w[^{}]*\}/;
/** A place for what people write in whole sentences; names have no asterisks. */
const WRITTEN = /\{[^{}]*(title|subject|summary|description|message|comment|text)\b[^{}]*\}/i;

/** What can go wrong with text that somebody else wrote, and where a template shows that it may. */
const traps: {
  /** Whether a text has it. Each takes time in proportion to the text. */
  has: (text: string) => boolean;
  newOnly: boolean;
  /** What a view that takes care of it has. */
  care?: RegExp;
  message: string;
  fix: string;
}[] = [
  {
    has: (text) =>
      text
        .split("```")
        .slice(1, -1)
        .some(
          (block) =>
            !block.includes("`") &&
            block.includes("\n") &&
            PLACEHOLDER.test(block.slice(block.indexOf("\n"))),
        ),
    newOnly: false,
    // JSON has no line breaks within its texts, so none of them ends a block.
    care: /\bdumps\(/,
    message: "A text with three backticks in it ends this block early.",
    fix: "Fence it with `~~~`, or cut the backticks out of the text.",
  },
  {
    has: (text) => mentions(text, /@\*{1,2}([^*]*)\*/g),
    newOnly: false,
    message:
      "A name from the payload makes a mention here, and may call somebody, or a whole group, who has nothing to do with it.",
    fix: "Look the user up first, or write the name in bold without the @.",
  },
  {
    has: (text) => mentions(text, /@_\*{1,2}([^*]*)\*/g),
    newOnly: true,
    message:
      "A name from the payload makes a silent mention here, and shows somebody of the organization who is called the same and has nothing to do with it.",
    fix: "Look the user up first, or write the name in bold without the @.",
  },
  {
    has: (text) => /@_?\*\*(all|everyone|channel|stream|topic)\*\*/.test(text),
    newOnly: false,
    message: "This mention calls everybody, with each message of this kind.",
    fix: "Leave it to the users whom the message calls.",
  },
  {
    has: (text) =>
      [...text.matchAll(/\[([^\][]*)\]\(\{/g)].some(([, title = ""]) => PLACEHOLDER.test(title)),
    newOnly: true,
    care: /\.(replace|translate)\(\s*(["'])\[\2|maketrans\(|escape_?markdown|re\.sub\(\s*r?["'][^"']*\\\[/i,
    message: "A title with brackets in it breaks this link.",
    fix: "Make sure that the service allows no brackets there, or take them out.",
  },
  {
    has: (text) =>
      [...text.matchAll(/\*\*([^*\n]+)\*\*/g)].some(([, bold = ""]) => WRITTEN.test(bold)),
    newOnly: true,
    care: /\.(replace|translate)\(\s*(["'])\*|maketrans\(|escape_?markdown|re\.sub\(\s*r?["'][^"']*\\\*/i,
    message: "A text with two asterisks in it ends this bold text early.",
    fix: "Quote the text instead, or take the asterisks out of it.",
  },
];

/** Whether a mention is made of a value; what comes of a user's own name was looked up. */
function mentions(text: string, mention: RegExp): boolean {
  return [...text.matchAll(mention)].some(([, name = ""]) =>
    /\{(?![^{}]*\bfull_name\b)[^{}]*\}/.test(name),
  );
}

export const messageCare: Rule = {
  id: "message-care",
  part: "view",
  severity: "hint",
  summary:
    "Text from the payload cannot break out of the block, mention, link or bold text that contains it, nor is the end of these cut off.",
  why: "Strangers write the titles and descriptions that become part of the message's Markdown. The rule checks links, bold text and silent mentions only in files that the branch adds.",
  howToFix:
    "Use `~~~` for fences, look up users before you mention them, remove what would end the link or the bold text, and cut a value before it is put into the text.",
  needsEntry: false,
  check(target) {
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      if (!module) return [];
      return [...trapsIn(path, module, target.session.isNew(path)), ...cutsIn(path, module)];
    });
  },
};

function cutsIn(path: string, module: PythonModule): Finding[] {
  return cutTexts(module).map(({ from }) => ({
    path,
    ...placeOf(module, from),
    message: "Here a finished text is cut: the end of its link, bold text or block may go as well.",
    fix: "Cut the value from the payload before it is put into the text.",
  }));
}

/** One finding a trap and file: what helps is the same everywhere in it. */
function trapsIn(path: string, module: PythonModule, isNew: boolean): Finding[] {
  const templates = templatesIn(module);
  return traps.flatMap(({ has, newOnly, care, message, fix }) => {
    if ((newOnly && !isNew) || care?.test(module.text)) return [];
    const hit = templates.find(({ text }) => has(text));
    return hit ? [{ path, ...placeOf(module, hit.from), message, fix }] : [];
  });
}
