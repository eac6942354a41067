import type { Rule } from "../rule.ts";

export const docTodo: Rule = {
  id: "doc-todo",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` is complete: it contains no TODO.",
  why: "`new` cannot know where the settings of the service are when it writes the page. Readers would see the TODO.",
  howToFix: "Write what the TODO asks for, with the terms that the service's own pages use.",
  needsEntry: false,
  check(target) {
    const lines = target.doc()?.prose ?? [];
    return lines.flatMap((text, index) => {
      const [found, what] = /\bTODO\b:? *([^*_\n]*)/.exec(text) ?? [];
      if (found === undefined) return [];
      return [
        {
          path: target.integration.docFile,
          line: index + 1,
          message: `Something is left to do: ${what?.trim() || text.trim()}.`,
          fix: "Write it, as the service's own pages call it.",
        },
      ];
    });
  },
};
