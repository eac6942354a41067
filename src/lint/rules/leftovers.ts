import { codeFiles } from "../../checkout/index.ts";
import { callsIn } from "../../python/module.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const leftovers: Rule = {
  id: "leftovers",
  part: "view",
  severity: "warning",
  summary: "The view and the tests print nothing, and new ones have no TODO.",
  why: "What helped to write the code is in the way of whoever reads it, and `print` writes strangers' payloads into the server's log.",
  howToFix: "Remove the call, and do what the comment says or leave it out.",
  needsEntry: false,
  check(target) {
    return codeFiles(target.files).flatMap((path) => [
      ...printsIn(target, path),
      ...notesIn(target, path, target.session.isNew(path) ? ANY_NOTE : DRAFTS_NOTE),
    ]);
  },
};

function printsIn(target: LintTarget, path: string): Finding[] {
  const module = target.session.module(path);
  if (!module?.text.includes("print(")) return [];
  return callsIn(module.text, module.root)
    .filter(({ callee }) => /^p?print$/.test(callee))
    .map(({ from }) => ({
      path,
      ...placeOf(module, from),
      message: "The code prints.",
      fix: "Remove the call.",
    }));
}

const ANY_NOTE = /\b(?:TODO|FIXME|XXX)\b/;
/** What a draft leaves open is never meant to stay, and a tree without git has no new files. */
const DRAFTS_NOTE = /\bTODO(?=: The payloads do not say\b)/;

function notesIn(target: LintTarget, path: string, note: RegExp): Finding[] {
  const lines = target.text(path)?.split("\n") ?? [];
  return lines.flatMap((line, index) => {
    const begin = line.indexOf("#");
    const [mark] = note.exec(line.slice(begin)) ?? [];
    if (begin < 0 || mark === undefined || /["']/.test(line.slice(0, begin))) return [];
    return [
      {
        path,
        line: index + 1,
        message: `Something is left to do: ${mark}.`,
        fix: "Do it, or leave the comment out.",
      },
    ];
  });
}
