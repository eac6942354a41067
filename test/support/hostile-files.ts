/**
 * Files that a stranger may write to keep a reader busy. Each is made in a size of one's own, so that time can be held
 * against size.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file of the example integration in a copy of the embedded workspace, in a form that does harm. */
export interface HostileFile {
  readonly name: string;
  /** Relative to the tree. */
  readonly path: string;
  /** @param bytes About how long it is to be. */
  text(bytes: number): string;
}

const FOLDER = "zerver/webhooks/harbourline";
const MACROS = "templates/zerver/integrations/include";

const CLASS = `from zerver.lib.test_classes import WebhookTestCase


class HarbourlineHookTests(WebhookTestCase):
    URL_TEMPLATE = "/api/v1/external/harbourline?api_key={api_key}&stream={stream}"
`;

/** A part as often as it takes to fill so many bytes; `{}` in it becomes the number of the turn. */
function repeated(part: string, bytes: number): string {
  const parts: string[] = [];
  for (let length = 0; length < bytes; length += parts.at(-1)?.length ?? 1) {
    parts.push(part.replaceAll("{}", String(parts.length)));
  }
  return parts.join("");
}

const around = (open: string, middle: string, close: string, bytes: number): string => {
  const levels = Math.ceil(bytes / (open.length + close.length));
  return open.repeat(levels) + middle + close.repeat(levels);
};

/** Blocks within each other, each indented by one blank more. */
function nestedBlocks(head: string, levels: number): string {
  const lines = Array.from({ length: levels }, (_, depth) => " ".repeat(depth) + head);
  return `${[...lines, `${" ".repeat(levels)}pass`].join("\n")}\n`;
}

const python: Readonly<Record<string, (bytes: number) => string>> = {
  "strings on lines": (bytes) => repeated('    "fixture_{}"\n', bytes),
  "strings in one list": (bytes) => `    x = [${repeated('"fixture_{}", ', bytes)}]\n`,
  "strings side by side": (bytes) => `    x = (${repeated('"s{}" ', bytes)})\n`,
  "f-strings": (bytes) => `    x = [${repeated('f"a{x}_{}", ', bytes)}]\n`,
  "f-strings within f-strings": (bytes) => `    x = ${around('f"{', "1", '}"', bytes)}\n`,
  "strings that never close": (bytes) => repeated('    x = "never\n', bytes),
  "a text of three quotes that never closes": (bytes) => `    x = """${"a\\\n".repeat(bytes / 3)}`,
  "a string of backslashes": (bytes) => `    x = "${"\\".repeat(bytes)}\n`,
  tests: (bytes) =>
    repeated('    def test_{}(self) -> None:\n        self.check_webhook("ping")\n', bytes),
  "methods that call each other": (bytes) =>
    repeated("    def m{}(self, name):\n        self.m{}(name)\n", bytes),
  "calls in one test": (bytes) =>
    `    def test_x(self) -> None:\n${repeated('        self.check_webhook("ping", "a", "b{}")\n', bytes)}`,
  "names of variables": (bytes) =>
    `    def test_x(self) -> None:\n${repeated('        n{} = "ping"\n        self.check_webhook(n{})\n', bytes)}`,
  classes: (bytes) => `\n${repeated("class C{}(WebhookTestCase):\n    A = 1\n", bytes)}`,
  "classes of many bases": (bytes) =>
    `\n${repeated("class C{}(HarbourlineHookTests, WebhookTestCase):\n    def test_a(self): pass\n", bytes)}`,
  "a line of classes": (bytes) => {
    const one = (index: number): string =>
      `class D${index}(D${index + 1}):\n    def test_${index}(self): pass\n`;
    return `\n${Array.from({ length: bytes / 45 }, (_, index) => one(index)).join("")}`;
  },
  "operators in a row": (bytes) => `    x = 1${" + 1".repeat(bytes / 4)}\n`,
  "comparisons in a row": (bytes) => `    x = 1${" < 1".repeat(bytes / 4)}\n`,
  "calls in a row": (bytes) => `    x = a${".b(1)".repeat(bytes / 5)}\n`,
  "members in a row": (bytes) => `    x = a${".b".repeat(bytes / 2)}\n`,
  brackets: (bytes) => `    x = ${around("[", "", "]", bytes)}\n`,
  "brackets that never close": (bytes) => `    x = ${"(".repeat(bytes)}\n`,
  "calls in calls": (bytes) => `    x = ${around("f(", "1", ")", bytes)}\n`,
  lambdas: (bytes) => `    x = ${"lambda: ".repeat(bytes / 8)}1\n`,
  "branches of one if": (bytes) =>
    `    if a:\n        pass\n${repeated("    elif a == {}:\n        pass\n", bytes)}`,
  "blocks in blocks": (bytes) => `\n${nestedBlocks("if a:", Math.sqrt(bytes * 2))}`,
  decorators: (bytes) => `\n${repeated("@d({})\n", bytes)}def f():\n    pass\n`,
  "decorated functions": (bytes) => `\n${repeated("@d({})\ndef f{}():\n    pass\n", bytes)}`,
  parameters: (bytes) => `    def test_x(self, ${repeated("p{}=1, ", bytes)}): pass\n`,
  assignments: (bytes) => `\n${repeated("A{} = B{}\n", bytes)}`,
  "targets in a row": (bytes) => `\n${"a = ".repeat(bytes / 4)}1\n`,
  imports: (bytes) => `\n${repeated("from zerver.webhooks.a{} import b{}\n", bytes)}`,
  "an import of many names": (bytes) => `\nfrom a import (${repeated("b{}, ", bytes)})\n`,
  "an import of blanks": (bytes) => `\nfrom a${" ".repeat(bytes)}\n`,
  "a line of letters": (bytes) => `\nx = ${"a".repeat(bytes)}\n`,
  blanks: (bytes) => `\n${" ".repeat(bytes)}x\n`,
  "empty lines": (bytes) => "\n".repeat(bytes),
  comments: (bytes) => repeated("# comment {}\n", bytes),
  "wrong letters": (bytes) => `\n${"? ".repeat(bytes / 2)}\n`,
  "prints of Python 2": (bytes) => `\n${repeated('print "a{}"\n', bytes)}`,
  "wrong indentation": (bytes) => `\n${repeated("x = {}\n   y = {}\n", bytes)}`,
  "event types": (bytes) =>
    `\nALL_EVENT_TYPES = [${repeated('"event{}", ', bytes)}]\n@webhook_view("X", all_event_types=ALL_EVENT_TYPES)\ndef api_harbourline_webhook(request, user_profile): pass\n`,
  "sets that join themselves": (bytes) =>
    `\nA0 = {"a"}\n${Array.from({ length: bytes / 20 }, (_, index) => `A${index + 1} = A${index} | A${index}\n`).join("")}`,
};

const page: Readonly<Record<string, (bytes: number) => string>> = {
  backticks: (bytes) => "`".repeat(bytes),
  "backticks of every length": (bytes) =>
    Array.from({ length: Math.sqrt(bytes * 2) }, (_, length) => "`".repeat(length + 1)).join("a"),
  "code that never closes": (bytes) => "`a``".repeat(bytes / 4),
  fences: (bytes) => repeated("```\n~~~~\n", bytes),
  tags: (bytes) => "<a ".repeat(bytes / 3),
  "tags that never close": (bytes) => "<".repeat(bytes),
  "comments that never close": (bytes) => "<!--".repeat(bytes / 4),
  "brackets that never close": (bytes) => "[".repeat(bytes),
  "images that never close": (bytes) => "![a](".repeat(bytes / 5),
  "links that never close": (bytes) => "[a](b ".repeat(bytes / 6),
  "links in links": (bytes) => around("[", "a", "](b)", bytes),
  links: (bytes) => repeated("[a{}](https://example.com/{}) ", bytes),
  references: (bytes) =>
    `${repeated("[a{}]: https://example.com\n", bytes / 2)}\n${repeated("[a{}] ", bytes / 2)}`,
  quotes: (bytes) => ">".repeat(bytes),
  "quotes on lines": (bytes) => "> > > a\n\n".repeat(bytes / 9),
  "nested lists": (bytes) =>
    Array.from({ length: Math.sqrt(bytes * 2) }, (_, depth) => `${" ".repeat(depth)}* a`).join(
      "\n",
    ),
  "list marks in a row": (bytes) => "* ".repeat(bytes / 2),
  steps: (bytes) => repeated("1. {!create-an-incoming-webhook.md!}\n\n", bytes),
  stars: (bytes) => "*".repeat(bytes),
  "emphasis that never closes": (bytes) => "*a _b ".repeat(bytes / 6),
  headings: (bytes) => repeated("# a{}\n\n", bytes),
  "a heading of blanks": (bytes) => `# a${" ".repeat(bytes)}b\n`,
  tables: (bytes) => `| a | b |\n|---|---|\n${repeated("| {} | {} |\n", bytes)}`,
  "a wide table": (bytes) => `|${"a|".repeat(bytes / 4)}\n|${"-|".repeat(bytes / 4)}\n`,
  "wide table of short rows": (bytes) =>
    `|${"a|".repeat(Math.sqrt(bytes))}\n|${"-|".repeat(Math.sqrt(bytes))}\n${"|a\n".repeat(bytes / 6)}`,
  "one long line": (bytes) => "a ".repeat(bytes / 2),
  blanks: (bytes) => `a${" ".repeat(bytes)}b`,
  "blank lines": (bytes) => "a\n\n".repeat(bytes / 3),
  "macro marks": (bytes) => "{!".repeat(bytes / 2),
  "raw marks": (bytes) => "{% raw %}".repeat(bytes / 9),
  "marks of ifs": (bytes) => "{% if all_event_types is defined %}".repeat(bytes / 35),
  "marks of loops": (bytes) => "{% for event_type in ".repeat(bytes / 21),
  variables: (bytes) => "{{ integration_name }} ".repeat(bytes / 23),
  "variables that never close": (bytes) => `{{${" ".repeat(bytes)}`,
  notes: (bytes) => repeated('!!! tip "a{}"\n\n    b\n\n', bytes),
  "nested notes": (bytes) =>
    Array.from(
      { length: Math.sqrt(bytes / 2) },
      (_, depth) => `${" ".repeat(depth * 4)}!!! tip "a"`,
    ).join("\n"),
  ampersands: (bytes) => "&".repeat(bytes),
  underlines: (bytes) => "a_".repeat(bytes / 2),
  addresses: (bytes) => "<https:".repeat(bytes / 7),
  words: (bytes) => repeated("Zulip Webhook Integration {} http://example.com. ", bytes),
};

const fixture: Readonly<Record<string, (bytes: number) => string>> = {
  "deep lists": (bytes) => around("[", "", "]", bytes),
  "deep objects": (bytes) => around('{"a":', "1", "}", bytes),
  "a long list": (bytes) => `[${repeated("{}, ", bytes)}1]`,
  "a wide object": (bytes) => `{${repeated('"k{}": "v{}", ', bytes)}"a": 1}`,
  "a long text": (bytes) => `{"a": "${"a".repeat(bytes)}"}`,
  "a text of digits": (bytes) => `{"a": "${"1".repeat(bytes)}"}`,
  "a text of addresses": (bytes) => `{"a": "${"a@b.".repeat(bytes / 4)}"}`,
  "many addresses": (bytes) => `[${repeated('"user{}@example.com", ', bytes)}1]`,
  "a text of hexadecimal": (bytes) => `{"token": "${"0f1e".repeat(bytes / 4)}"}`,
  "a text of dots": (bytes) => `{"a": "${"a.b-".repeat(bytes / 4)}"}`,
  "a text of blanks": (bytes) => `{"a": "b${" ".repeat(bytes)}c"}`,
  "a text of slashes": (bytes) => `{"url": "https://${"a/".repeat(bytes / 2)}"}`,
  "objects that are alike": (bytes) =>
    `[${repeated('{"name": "a{}", "url": "https://example.com/{}", "token": "t{}"}, ', bytes)}1]`,
  "no JSON": (bytes) => "{".repeat(bytes),
  "a text of escapes": (bytes) => `{"a": "${"\\u0041".repeat(bytes / 6)}"}`,
};

const of = (
  kind: string,
  path: string,
  files: Readonly<Record<string, (bytes: number) => string>>,
  start = "",
): HostileFile[] =>
  Object.entries(files).map(([name, text]) => ({
    name: `${kind}: ${name}`,
    path,
    text: (bytes) => start + text(bytes),
  }));

/** All of them. */
export const hostileFiles: readonly HostileFile[] = [
  ...of("tests.py", `${FOLDER}/tests.py`, python, CLASS),
  ...of("view.py", `${FOLDER}/view.py`, python, "class View:\n    A = 1\n"),
  ...of("doc.md", `${FOLDER}/doc.md`, page, "# Connect Harbourline integration\n\n"),
  ...of("fixture", `${FOLDER}/fixtures/ping.json`, fixture),
  ...of("registry", "zerver/lib/integrations.py", {
    "many entries": (bytes) => repeated('    WebhookIntegration("h{}", ["deployment"]),\n', bytes),
    "nested calls": (bytes) =>
      `    WebhookIntegration("h", ["deployment"], x=${around("f(", "1", ")", bytes)}),\n`,
    "operators in a row": (bytes) =>
      `    WebhookIntegration("h", ["deployment"], x=1${" + 1".repeat(bytes / 4)}),\n`,
  }),
];

/** Puts a hostile file into a copy of the embedded workspace. */
export function plant(root: string, file: HostileFile, bytes: number): void {
  const path = join(root, file.path);
  const text = file.text(bytes);
  if (!file.path.endsWith("integrations.py")) {
    writeFileSync(path, text);
    return;
  }
  // The rest of the registry stays: the entries go into its list.
  const before = readFileSync(path, "utf8");
  const list = /^WEBHOOK_INTEGRATIONS.*\[\n/m.exec(before);
  if (!list) throw new Error("The workspace's registry has no list.");
  const at = list.index + list[0].length;
  writeFileSync(path, before.slice(0, at) + text + before.slice(at));
}

/** Macros that include each other: each holds the next one twice. The page asks for the first. */
export function plantMacros(root: string, levels: number): void {
  mkdirSync(join(root, MACROS), { recursive: true });
  for (let level = 0; level < levels; level += 1) {
    const next = `{!fan-${level + 1}.md!}\n`;
    writeFileSync(join(root, MACROS, `fan-${level}.md`), next.repeat(2));
  }
  writeFileSync(join(root, MACROS, `fan-${levels}.md`), "a\n");
  writeFileSync(join(root, FOLDER, "doc.md"), "{!fan-0.md!}\n");
}

/** A look of the tree whose templates include each other, each the next one twice. */
export function plantTemplates(root: string, first: string, levels: number): void {
  const folder = join(root, "web/templates");
  for (let level = 0; level < levels; level += 1) {
    const path = join(folder, `fan_${level}.hbs`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, level + 1 < levels ? `{{> fan_${level + 1} }}`.repeat(2) : "x");
  }
  const path = join(folder, `${first}.hbs`);
  writeFileSync(path, `${readFileSync(path, "utf8")}{{> fan_0 }}`);
}
