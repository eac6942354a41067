import type { Rule } from "../rule.ts";

export const docTodo: Rule = {
  id: "doc-todo",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` says everything: nothing in it is left to do.",
  why: "A page that `new` wrote cannot know where the service has its settings. Readers would be told to look for a TODO.",
  howToFix: "Write what the words after it ask for, as the service's own pages call it.",
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
