/** docs/lint.md and docs/rules/, made from the rules and their cases. */
import type { Rule } from "../../src/lint/index.ts";

const INTRODUCTION = `# Lint

\`connect-webhook lint\` goes through the checklist that a reviewer goes through, without running any code. It reads
how the tree in front of it writes integrations, and asks for no more than that.

| severity | meaning |
|---|---|
| error | The integration does not work, or the tree's own checks refuse it. Exit code 1. |
| warning | It differs from what nearly all integrations do. Exit code 1 with \`--strict\`. |
| hint | Worth a look. Shown with \`--verbose\`, and always in the JSON. |

Old code is not held to what was never asked of it: some rules give a hint for a file that was always there and a
warning for a new one. A file is new when git does not know it, or when \`--changed\` shows that the branch added it.

A file that is far larger than any author's, or nested too deeply, is not looked into: each rule that would have to says
so by name, as a warning, and \`summary.notChecked\` counts them. A rule that cannot run counts as an error, and a rule that has nothing to go by (such as
\`package-tracked\` outside a git repository) is named as not checked. What is only known at run time, such as a fixture
name that a test computes, is never guessed at.

A folder of \`zerver/webhooks\` that no integration uses is reported by \`registry-entry\`. Once it holds code, the
rules that need no registry entry look at it too.

\`--fix\` repairs what has one right answer. It shows the differences, applies them all or none, and checks again;
with \`--dry-run\` it only shows them. Severities, exceptions and a baseline are described in [ci.md](ci.md).

\`--format json\` (or \`--json\`) prints one object:

\`\`\`
{"version": 1,
 "summary": {"integrations", "unregistered", "errors", "warnings", "hints", "fixed", "excepted", "known", "notChecked"?},
 "problems": [{"rule", "severity", "integration", "path", "line"?, "column"?, "message", "fix"?, "fixable", "notChecked"?}],
 "skipped": [{"rule", "reason", "integrations"}],
 "unusedExceptions": [{"rule", "integration"?, "path"?, "reason", "unknown"?}]}
\`\`\`
`;

/** By tree, on 29 November 2026. A rule that is changed is tried on all of them again. */
const MEASURED = `## On whole trees

| tree | integrations | errors | warnings | hints |
|---|---|---|---|---|
| Connect, November 2023 | 90 | 5 | 57 | 251 |
| upstream, July 2024 | 91 | 4 | 55 | 278 |
| upstream, May 2025 | 91 | 4 | 91 | 274 |

The errors are the three folders that no registry entry uses (\`honeybadger\`, \`rollbar\`, \`runscope\`), the screenshot
entry of \`transifex\`, which lacks a parameter that the view demands, and, in the first tree, the avatar of \`rundeck\`,
which measures 512 x 512 pixels. Most hints are mail addresses in old fixtures.
\`npm run seeded -- -C <copy> <names…>\` breaks integrations of a tree in some 300 ways, one at a time, and asks
whether the right rule sees each, and whether \`--fix\` repairs what it says it can. With \`--each 2\` instead of names it
breaks two integrations in each way, and prints the share that the right rule names, and what is missed.
`;

const KEPT = `## What is kept

What the rules find about an integration is kept in the cache folder (\`$CONNECT_WEBHOOK_CACHE\`, else the platform's),
below \`lint/\`. The next run uses it as long as everything the rules read for it is as it was: its own files and
folders, what is not there as much as what is, the library's and other integrations' files they looked into, and what
git says about them. The functions that read files write down what they are asked, so a rule cannot forget to say. What
is kept also ends with another registry, other dialect, other severities, another version of the program or of Node.

A file counts as unchanged when its size, times and number on the disk are what they were, and have been for a while;
else its content decides. So a new clone, or a cache that CI brought back, costs a look into each file and no more.
\`--fix\` looks anew at everything it may repair. A cache that is missing, damaged or not writable costs time only; it can
be deleted at any time, is written whole or not at all, and holds 100 MB at most.

What \`lint --all\` on Connect of November 2023 takes as a whole process, as the multiple of what \`node -e 0\` takes there
(in processor time, best of some runs):

| nothing changed | one view changed | an empty cache |
|---|---|---|
| 7 | 20 | 57 |
`;

const WRITING = `## Writing a rule

A rule is one file in \`src/lint/rules/\`, named after its id. It is handed a \`LintTarget\`, which reads each file and
parses each module once for all rules, and returns what it found. What it computes for all integrations goes through
\`session.once\`, which knows what that was computed from. It has an accepted case in \`fixtures/lint/\` (see the README
there), and a defect in \`test/lint/defects.ts\`, or a rejected case beside the accepted one. \`npm run docs\` writes what is
expected of the defect, this page, and the rule's own in [rules/](rules/).
[Contributing](contributing.md#add-a-lint-rule) has all the steps.

An error must be true of every integration it names: try a new rule on a whole Connect tree first. Where trees differ,
ask the tree (its dialect, its other pages); where something cannot be known, find nothing or return \`skip(reason)\`.
`;

/** The overview as Markdown. */
export function rulesPage(rules: readonly Rule[]): string {
  const parts = [...new Set(rules.map(({ part }) => part))];
  return [
    INTRODUCTION,
    "## Rules\n",
    ...parts.map((part) => section(part, rules)),
    MEASURED,
    KEPT,
    WRITING,
  ].join("\n");
}

function section(part: string, rules: readonly Rule[]): string {
  const rows = rules
    .filter((rule) => rule.part === part)
    .map(({ id, severity, summary, fixable }) => {
      return `| [${id}](rules/${id}.md) | ${severity} | ${fixable ? "yes" : ""} | ${summary.replaceAll("|", "\\|")} |`;
    });
  const title = `### ${part[0]?.toUpperCase()}${part.slice(1)}`;
  return `${title}\n\n| rule | severity | \`--fix\` | demands |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/**
 * The page of one rule.
 * @param example What lint says about the rule's rejected case.
 */
export function rulePage(rule: Rule, example: string): string {
  const { id, part, severity, summary, why, howToFix, dialects, fixable } = rule;
  const repair = fixable ? " `lint --fix` repairs some or all findings by itself." : "";
  const own = example
    .split(/^(?=error|warning|hint)/m)
    .filter((entry) => entry.split(" ")[1] === id);
  return [
    `# ${id}\n`,
    `**${severity}** · ${part}${dialects === undefined ? "" : ` · ${dialects}`}\n`,
    `${summary}\n`,
    `${why}\n`,
    `## How to fix it\n\n${howToFix}${repair}\n`,
    `## For example\n\n\`\`\`\n${own.join("").trimEnd()}\n\`\`\`\n`,
    `The files are in \`fixtures/lint/${id}/\`: what is accepted, and what is rejected.\n`,
  ].join("\n");
}
