import { codeFiles } from "../../checkout/index.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** Where a tree states what its own linter looks for besides other programs. */
const SETTINGS = "tools/linter_lib/custom_check.py";

/** What the linters of trees refuse in a line, in our own words. */
interface Check {
  /** What the tree's list names: a tree without it does not ask for this. */
  readonly asked: string;
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
}

const pageChecks: readonly Check[] = [
  {
    asked: "spelled GitHub",
    pattern: /(?<![\w/.\-"'=<>]|^)[gG]ithub(?![\w.\-"<])/,
    message: "GitHub is spelt with a capital H.",
    fix: "Write GitHub.",
  },
  {
    asked: "spelled JavaScript",
    pattern: /(?<![\w/#.\-"])[jJ]avascript/,
    message: "JavaScript is spelt with a capital S.",
    fix: "Write JavaScript.",
  },
  {
    asked: "spelled with a z",
    pattern: /[oO]rganisation/,
    message: "Organization is spelt with a z.",
    fix: "Write organization.",
  },
  {
    asked: "!!! warning",
    pattern: /!!! warning/,
    message: "There is no `!!! warning`.",
    fix: "Write `!!! warn`.",
  },
  {
    asked: "'e.g.'",
    pattern: /\b[eE]\.g\.(?!,)/,
    message: "No comma follows e.g.",
    fix: "Write `e.g.,`.",
  },
  {
    asked: "# in heading",
    pattern: /^#+[A-Za-z0-9]/,
    message: "No blank follows the # of the heading.",
    fix: "Write one.",
  },
  {
    asked: "Linkified",
    pattern: /\[([^\][]+)\]\(\1\)/,
    message: "The link's text repeats its address.",
    fix: "Write `<https://…>`.",
  },
];

const codeChecks: readonly Check[] = [
  {
    asked: "assert_length",
    pattern: /\bassertEqual\(len\(\S*\),/,
    message: "The length is compared by `assertEqual`.",
    fix: "Use `self.assert_length(list, length)`.",
  },
  {
    asked: '"type: ignore"',
    pattern: /#\s*type:\s*ignore\b(?!\[[\w, -]+\] {1,8}# {1,8}\S)/,
    message: "The `type: ignore` does not say what it ignores, and why.",
    fix: "Write `# type: ignore[code] # why`.",
  },
  {
    asked: "JsonableError should",
    pattern: /\bJsonableError\((?:["']|_\([A-Za-z])/,
    message: "The error is not translated.",
    fix: 'Write `JsonableError(_("text"))`.',
  },
  {
    asked: "self.client directly",
    pattern: /self\.client\.(get|post|patch|put|delete)\(/,
    message: "The test calls Django's client itself.",
    fix: "Use `self.client_post` or the like.",
  },
  {
    asked: 'leading "assert_"',
    pattern: /\.(?:called(?:_once|_with|_once_with)?|not_called|has_calls)\(/,
    message: "This asks nothing of the mock: the method's name lacks `assert_`.",
    fix: "Write `assert_` in front of it.",
  },
  {
    asked: "Comment-style",
    pattern: /(?:^|\S)[\t ]*#[\t ]*type:(?![\t ]*ignore)/,
    message: "The type stands in a comment.",
    fix: "Write it as an annotation.",
  },
  {
    asked: "access_message()",
    pattern: /\bMessage\.objects\.get\(/,
    message: "The message is fetched without asking who may read it.",
    fix: "Use `access_message`.",
  },
];

export const treeLinter: Rule = {
  id: "tree-linter",
  part: "view",
  severity: "error",
  summary:
    "The page, the view and the tests hold nothing that the tree's own `tools/lint` refuses.",
  why: "The tree's CI runs it, and its reviewers ask for nothing else before that passes.",
  howToFix: "Write it as the finding says.",
  needsEntry: false,
  dialects: `Only what the tree's \`${SETTINGS}\` asks for. Not all of that is checked; \`ruff\`, \`doc-format\` and \`fixture-format\` check other parts of \`tools/lint\`.`,
  check(target) {
    const settings = target.text(SETTINGS);
    if (settings === undefined) return [];
    const { viewFiles, testsFile, docFile } = target.files;
    const asked = (checks: readonly Check[]): Check[] =>
      checks.filter((one) => settings.includes(one.asked));
    const code = asked(codeChecks);
    const tests = code.filter(({ pattern }) => !/JsonableError|objects/.test(pattern.source));
    return [
      ...viewFiles.flatMap((path) => refused(target, path, code)),
      ...(testsFile === undefined ? [] : refused(target, testsFile, tests)),
      ...(docFile === undefined ? [] : refused(target, docFile, asked(pageChecks))),
      ...(settings.includes("shouldn't have a shebang line") ? shebangs(target) : []),
    ];
  },
};

function refused(target: LintTarget, path: string, checks: readonly Check[]): Finding[] {
  const lines = target.text(path)?.split("\n") ?? [];
  return lines.flatMap((line, index) =>
    checks
      .filter(({ pattern }) => line.length < LONGEST_LINE && pattern.test(line))
      .map(({ message, fix }) => ({ path, line: index + 1, message, fix })),
  );
}

/** Characters; no line that somebody wrote is longer. */
const LONGEST_LINE = 10_000;

function shebangs(target: LintTarget): Finding[] {
  const message = "The file begins as a program does, and is none.";
  return codeFiles(target.files)
    .filter((path) => target.text(path)?.startsWith("#!"))
    .map((path) => ({ path, line: 1, message, fix: "Remove the line." }));
}
