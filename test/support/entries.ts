/** The lists of commands and of lint rules, made from the files in their folders. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandSpec } from "../../src/commands/define.ts";
import { packageRoot } from "../../src/host/assets.ts";
import type { Rule } from "../../src/lint/index.ts";

/** Where the two lists are. */
export const commandList = join(packageRoot, "src/commands/entries.ts");
export const ruleList = join(packageRoot, "src/lint/rules/index.ts");

const COMMANDS = `/**
 * Every command, made by \`npm run docs\` from the literals in this folder. A new one comes last; the order, which is that of
 * \`--help\`, may be changed here, and stays.
 */
import type { CommandEntry } from "./define.ts";

export const commands: readonly CommandEntry[] = [
`;

const RULES = `/**
 * Every rule, made by \`npm run docs\` from the files in this folder. A new one comes last in its part; the order, in which
 * findings are shown, may be changed here, and stays.
 */
import type { Rule } from "../rule.ts";
`;

/** @returns What \`commandList\` has to hold. */
export async function commandEntries(): Promise<string> {
  const specs = await Promise.all(
    filesWith(commandList, "export default defineCommand(").map(load),
  );
  const known = wordsOf(commandList, /^ {4}name: "(.+)",$/gm);
  const entries = inOrder(specs, ({ name }) => known.indexOf(name)).map(entryOf);
  return `${COMMANDS}${entries.join("")}];\n`;

  async function load(path: string): Promise<CommandSpec> {
    return ((await import(path)) as { default: CommandSpec }).default;
  }
}

function entryOf({ name, summary, runsPythonUnless, isQuick }: CommandSpec): string {
  const words = runsPythonUnless?.map((word) => JSON.stringify(word)).join(", ");
  return [
    "  {",
    `    name: "${name}",`,
    `    summary: ${JSON.stringify(summary)},`,
    `    load: async () => (await import("./${name}.ts")).default,`,
    ...(words === undefined ? [] : [`    runsPythonUnless: [${words}],`]),
    ...(isQuick ? ["    isQuick: true,"] : []),
    "  },\n",
  ].join("\n");
}

/** @returns What \`ruleList\` has to hold. */
export async function ruleEntries(): Promise<string> {
  const known = wordsOf(ruleList, /^ {2}(\w+),$/gm);
  const found = await Promise.all(filesWith(ruleList, ": Rule = {").map(load));
  const place = (one: Found): number => {
    const at = known.indexOf(one.name);
    if (at >= 0) return at;
    const others = found.filter(({ rule }) => rule.part === one.rule.part);
    return Math.max(...others.map(({ name }) => known.indexOf(name))) + 0.5;
  };
  const imports = found
    .toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
    .map(({ name, rule }) => `import { ${name} } from "./${rule.id}.ts";\n`);
  const names = inOrder(found, place).map(({ name }) => `  ${name},\n`);
  return `${RULES}${imports.join("")}\nexport const rules: readonly Rule[] = [\n${names.join("")}];\n`;

  async function load(path: string): Promise<Found> {
    const [[name, rule] = []] = Object.entries((await import(path)) as Record<string, Rule>);
    if (name === undefined || rule === undefined) throw new Error(`${path} exports no rule.`);
    return { name, rule };
  }
}

interface Found {
  /** What the rule is called where it is exported. */
  readonly name: string;
  readonly rule: Rule;
}

/** What a list has by now, in its order. */
function wordsOf(list: string, form: RegExp): string[] {
  return [...readFileSync(list, "utf8").matchAll(form)].map(([, word = ""]) => word);
}

/** The files beside a list that hold such a text. */
function filesWith(list: string, text: string): string[] {
  const folder = join(list, "..");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => path !== list && readFileSync(path, "utf8").includes(text));
}

/** By place; what has none, which is below 0, comes last. */
function inOrder<T>(items: readonly T[], placeOf: (item: T) => number): T[] {
  const place = (item: T): number => (placeOf(item) < 0 ? items.length : placeOf(item));
  return items.toSorted((a, b) => place(a) - place(b));
}
