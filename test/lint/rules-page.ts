/** docs/lint.md and docs/rules/, made from the rules and their cases. */
import type { Rule } from "../../src/lint/index.ts";

const INTRODUCTION = `# Lint

\`connect-webhook lint\` goes through a reviewer's checklist without running any code. It learns the tree's own conventions
for integrations, and does not ask for more than those.

| severity | meaning |
|---|---|
| error | The integration does not work, or the tree's own checks refuse it. Exit code 1. |
| warning | It differs from what nearly all integrations do. Exit code 1 with \`--strict\`. |
| hint | Worth a look. Shown with \`--verbose\`, and always included in the JSON. |

Some rules are stricter with new files: they give a hint for an existing file and a warning for a new one. A file is new
if git does not track it, or if \`--changed\` shows that the branch added it.

\`lint\` does not read files that are far larger than anything an author writes, or that are nested too deeply. Each rule
that needs such a file reports so in a warning, and \`summary.notChecked\` counts these warnings. A rule that cannot run
counts as an error. A rule that does not apply (such as \`package-tracked\` outside a git repository) is listed as not
checked. \`lint\` never guesses what is only known at run time, such as a fixture name that a test computes.

If no integration uses a folder of \`zerver/webhooks\`, \`registry-entry\` reports it. If the folder contains code, the
rules that do not need a registry entry check it too.

\`--fix\` repairs findings that have one correct solution. It shows the diff, applies all of it or nothing, and checks
again; with \`--dry-run\` it only shows the diff. [ci.md](ci.md) describes severities, exceptions and baselines.

\`--format json\` (or \`--json\`) prints one object:

\`\`\`
{"version": 1,
 "summary": {"integrations", "unregistered", "errors", "warnings", "hints", "fixed", "excepted", "known", "old"?, "notChecked"?},
 "problems": [{"rule", "severity", "integration", "path", "line"?, "column"?, "message", "fix"?, "fixable", "notChecked"?, "isNew"?}],
 "skipped": [{"rule", "reason", "integrations"}],
 "unusedExceptions": [{"rule", "integration"?, "path"?, "reason", "unknown"?}]}
\`\`\`
`;

/** By tree, on 29 November 2026. A rule that is changed is tried on all of them again. */
const MEASURED = `## On whole trees

| tree | integrations | errors | warnings | hints |
|---|---|---|---|---|
| Connect, November 2023 | 90 | 5 | 61 | 242 |
| upstream, July 2024 | 91 | 4 | 57 | 229 |
| upstream, May 2025 | 91 | 4 | 97 | 248 |

The errors are three folders that no registry entry uses (\`honeybadger\`, \`rollbar\`, \`runscope\`), the screenshot entry of
\`transifex\`, which lacks a parameter that the view requires, and, in the first tree, the avatar of \`rundeck\`, which
measures 512 x 512 pixels. Most hints are about email addresses in old fixtures.
\`npm run seeded -- -C <copy> <names…>\` introduces about 300 kinds of defects into integrations of a tree, one at a time,
and checks that the right rule detects each one, and that \`--fix\` repairs what it claims to repair. With \`--each 2\`
instead of names, it introduces each kind of defect into two integrations, and prints the share that the right rule
detects, and what it misses.
`;

const KEPT = `## What is kept

\`lint\` caches what each rule finds in each integration in \`lint/\` in the cache folder (\`$CONNECT_WEBHOOK_CACHE\`, else
the platform's default). The next run reuses it if nothing that the rule read for it has changed: the integration's
files and folders, including the absence of files, the files of the library and of other integrations, and the state of
these files in git. The functions that read files record each access, so a rule cannot forget one. After an edit of a
view, only the rules that read it run again. Findings are also discarded if the registry, the dialect, the severities,
or the version of the program or of Node changes.

A file counts as unchanged if its size, timestamps and inode number are the same, and have been for a while; otherwise
its content decides. A new clone, or a cache that CI restored, therefore costs one read of each file. \`--fix\` checks
everything that it may repair again, and that a logo took too long to draw is never cached. A missing, damaged or
read-only cache costs only time. You can delete it at any time; it is written atomically, and holds at most 100 MB.

\`--changed\` also keeps what it found of the base, by its commit: getting the base's files from git takes a few seconds, once
for each base.

Time of \`lint --all\` on Connect of November 2023, as a multiple of the time of \`node -e 0\` (processor time of all
processes, best of several runs; the changed view is the largest one):

| nothing changed | one view changed | empty cache |
|---|---|---|
| 6 | 21 | 77 |

Ruff runs in a thread of its own beside the rules, and starts before them. If that causes problems, set
\`CONNECT_WEBHOOK_PLAIN_START=1\`: it then runs in the main thread.
`;

const WRITING = `## Writing a rule

A rule is one file in \`src/lint/rules/\`, named after its ID. It takes a \`LintTarget\`, which reads each file and parses
each module once for all rules, and returns its findings. Results that it computes for all integrations go through
\`session.once\`, which tracks what they were computed from. Each rule has an accepted case in \`fixtures/lint/\` (see the
README there), and either a defect in \`test/lint/defects.ts\` or a rejected case beside the accepted one. \`npm run docs\`
writes the expected findings of the defect, this page, and the rule's own page in [rules/](rules/).
[Contributing](contributing.md#add-a-lint-rule) has all the steps.

An error must be true of every integration that it names, so try a new rule on a whole Connect tree first. If trees
differ, go by the tree (its dialect, its other pages). If something cannot be known, return no findings or
\`skip(reason)\`.
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
  return `${title}\n\n| rule | severity | \`--fix\` | requirement |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/**
 * The page of one rule.
 * @param example What lint says about the rule's rejected case.
 */
export function rulePage(rule: Rule, example: string): string {
  const { id, part, severity, summary, why, howToFix, dialects, fixable } = rule;
  const repair = fixable ? " `lint --fix` repairs some or all of the findings." : "";
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
    `\`fixtures/lint/${id}/\` contains accepted and rejected examples.\n`,
  ].join("\n");
}
