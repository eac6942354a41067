import type { Rule } from "../rule.ts";

export const packageEmpty: Rule = {
  id: "package-empty",
  part: "package",
  severity: "warning",
  summary: "`__init__.py` contains only comments.",
  why: "The server imports it together with every other integration; code in it runs at startup, where nobody looks for it.",
  howToFix: "Move the code to `view.py` and leave `__init__.py` empty.",
  needsEntry: false,
  check({ files, session }) {
    if (files.initFile === undefined) return [];
    const text = session.text(files.initFile) ?? "";
    const code = text.split(/\r?\n/).findIndex((line) => !/^\s*(#.*)?$/.test(line));
    if (code < 0) return [];
    return [
      {
        path: files.initFile,
        line: code + 1,
        message: "`__init__.py` holds code.",
        fix: "Move it to `view.py` and leave this file empty.",
      },
    ];
  },
};
