/** Only `ui/console.ts` writes to the console, and what it writes has been made harmless. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

/** Programs of their own: their output is a channel to the parent, or there is none. */
const OWN_PROCESS = /^engine\/child\/|^server\/page\//;
/** The first two draw with them, the third takes them out, and the last sends them to a view. */
const FILES_WITH_CODES = [
  ...["ui/console.ts", "ui/marks.ts"],
  ...["engine/checkout-output.ts", "fuzz/mutations.ts"],
];

/** A file may do these things, and no other may. */
const RULES: readonly [what: string, form: RegExp, files: readonly string[]][] = [
  ["writes to a stream", /\b(stdout|stderr|stream)\.(write|end|cork)\(/, ["ui/console.ts"]],
  [
    "has the process's streams",
    /process\.(stdout|stderr)\b|\bstdout, stderr, env \} = process/,
    // Each of these hands them to `ui/`, or asks what they are.
    ["cli.ts", "complete.ts"],
  ],
  ["speaks by console", /\bconsole\.(log|info|warn|error|debug|table|trace|dir)\(/, []],
  ["warns by Node", /\bemitWarning\(/, []],
  [
    "paints, asks or draws by itself",
    /(from |import\()"(chalk|ora|inquirer|ansi-styles|kleur|picocolors)"|\bstyleText\b/,
    ["ui/marks.ts", "ui/output.ts", "ui/prompts.ts"],
  ],
  ["has an escape code", /\\u001b|\\x1b|\\033/i, FILES_WITH_CODES],
  ["begins a workflow command", /[`"']::(error|warning|notice|\$\{)/, []],
  ["hands the console to another program", /stdio: *"inherit"|"inherit"\]/, []],
  [
    "prints JSON that is not made harmless",
    /out\.data\(JSON\.|JSON\.stringify\([^)]*null, (?:2|indent)\)/,
    ["ui/steering.ts", "server/capture/spool.ts"],
  ],
];

function sources(folder = ""): string[] {
  return readdirSync(join(packageRoot, "src", folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return path.endsWith(".ts") && !OWN_PROCESS.test(path) ? [path] : [];
  });
}

/** A source without its comments, which may speak of anything. */
function code(path: string): string {
  const text = readFileSync(join(packageRoot, "src", path), "utf8");
  return text.replace(/^ *(\/\*\*[\s\S]*?\*\/|\/\/.*)$/gm, "");
}

describe("no file of src/", () => {
  const texts = sources().map((path) => ({ path, text: code(path) }));

  it.each(RULES)("%s, but those that may", (_what, form, files) => {
    const found = texts.filter(({ text }) => form.test(text)).map(({ path }) => path);
    expect(found.filter((path) => !files.includes(path))).toEqual([]);
    // A file that stands here for nothing would let in what nobody looked at.
    expect(files.filter((path) => !found.includes(path))).toEqual([]);
  });

  it("but ui/steering.ts knows the key of our marks", () => {
    const found = texts.filter(({ text }) =>
      /\bKEY\b.*ue000|randomBytes\(16\)\.toString\("hex"\)/.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual(["ui/steering.ts"]);
  });
});
