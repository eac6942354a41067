/** docs/lint.md, made from the rules. */
import type { Rule } from "../../src/lint/index.ts";

const INTRODUCTION = `# Lint

\`connect-webhook lint\` goes through the checklist that a reviewer goes through, without running any code. It reads
how the tree in front of it writes integrations, and asks for no more than that.

| severity | meaning |
|---|---|
| error | The integration does not work, or the tree's own checks refuse it. Exit code 1. |
| warning | It differs from what nearly all integrations do. Exit code 1 with \`--strict\`. |
| hint | Worth a look. Shown with \`--verbose\`, and always in the JSON. |

A rule that cannot run counts as an error, and a rule that has nothing to go by (such as
\`package-tracked\` outside a git repository) is named as not checked. What is only known at run time, such as a fixture
name that a test computes, is never guessed at.

A folder of \`zerver/webhooks\` that no integration uses is reported by \`registry-entry\`. Once it holds code, the
rules that need no registry entry look at it too.

\`--format json\` (or \`--json\`) prints one object:

\`\`\`
{"version": 1,
 "summary": {"integrations", "unregistered", "errors", "warnings", "hints", "fixed"},
 "problems": [{"rule", "severity", "integration", "path", "line"?, "column"?, "message", "fix"?, "fixable"}],
 "skipped": [{"rule", "reason", "integrations"}]}
\`\`\`
`;

const WRITING = `## Writing a rule

A rule is one file in \`src/lint/rules/\`, named after its id, and a line in \`src/lint/rules/index.ts\`. It is handed a
\`LintTarget\`, which reads each file and parses each module once for all rules, and returns what it found. It has an
accepted and a rejected case in \`fixtures/lint/\` (see the README there). \`npx vitest run test/lint -u\` writes what is
expected of the cases, and this page.

An error must be true of every integration it names: try a new rule on a whole Connect tree first. Where trees differ,
ask the tree (its dialect, its other pages); where something cannot be known, find nothing or return \`skip(reason)\`.
`;

/** The page as Markdown. */
export function rulesPage(rules: readonly Rule[]): string {
  const parts = [...new Set(rules.map(({ part }) => part))];
  const sections = parts.map((part) => section(part, rules));
  const index = parts.map((part) => {
    const own = rules.filter((rule) => rule.part === part);
    return `| ${part} | ${own.map(({ id }) => `[${id}](#${id})`).join(", ")} |`;
  });
  const table = `## Rules\n\n| part | rules |\n|---|---|\n${index.join("\n")}\n`;
  return [INTRODUCTION, table, ...sections, WRITING].join("\n");
}

function section(part: string, rules: readonly Rule[]): string {
  const entries = rules.filter((rule) => rule.part === part).map(entry);
  return `## ${part[0]?.toUpperCase()}${part.slice(1)}\n\n${entries.join("\n")}`;
}

function entry({ id, severity, summary, why, howToFix }: Rule): string {
  return `### ${id}\n\n**${severity}** · ${summary}\n\n${why}\n\nTo fix it: ${howToFix}\n`;
}
