// Makes a rebrand of a tree: a copy in which product, domain and bots have other names.
//
//   node test/tools/rebrand.mjs <tree> <copy> [--name Harborline] [--domain harborline.example] [--partial]
//
// With --partial the command that fills the database keeps the old names, as in forks that forgot it.
import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string", default: "Harborline" },
    domain: { type: "string", default: "harborline.example" },
    partial: { type: "boolean", default: false },
  },
});
const [tree, copy] = positionals;
if (copy === undefined) throw new Error("Say which tree to rebrand, and where to: <tree> <copy>.");

/** What is renamed; the names of packages and of what is made at build time stay. */
const FOLDERS = /^(zerver|zproject|zilencer|templates|web|api_docs|help|starlight_help)\//;
const TEXT = /\.(py|md|mdx|html|json|txt|xml|multipart|hbs|ts|js)$/;
const INTEGRATION = /^zerver\/webhooks\//;
const KEPT_IN_PARTIAL = "zilencer/management/commands/populate_db.py";

const renames = [
  [/\bzulip\.com\b/g, values.domain],
  [/\bzulipchat\.com\b/g, values.domain],
  // Client and module names, classes and settings are no words for readers. A word may follow an escape, as in \nZulip.
  [/(?:(?<=\\[nrt])|(?<![\w.]))Zulip(?![\w.])/g, values.name],
];
const organization = values.name.toLowerCase();
const renamesOutside = [
  ...renames,
  [/"zulip"(?=[\s,)\]:])/g, `"${organization}"`],
  [/'zulip'(?=[\s,)\]:])/g, `'${organization}'`],
];
// In an integration other texts of that kind are what a service sent: the name of a repository.
const renamesInside = [...renames, [/(?<=get_realm\()"zulip"/g, `"${organization}"`]];

cpSync(resolve(tree), resolve(copy), { recursive: true, verbatimSymlinks: true, mode: 2 });
const git = (...words) =>
  execFileSync("git", ["-C", copy, ...words], { encoding: "utf8", maxBuffer: 1 << 28 });
let changed = 0;
for (const path of git("ls-files", "-z").split("\0")) {
  if (!FOLDERS.test(path) || !TEXT.test(path)) continue;
  if (values.partial && path === KEPT_IN_PARTIAL) continue;
  const file = join(copy, path);
  if (!lstatSync(file).isFile()) continue;
  const source = readFileSync(file, "utf8");
  const applied = INTEGRATION.test(path) ? renamesInside : renamesOutside;
  const text = applied.reduce((before, [from, to]) => before.replace(from, () => to), source);
  if (text === source) continue;
  writeFileSync(file, text);
  changed += 1;
}
git(
  "-c",
  "user.name=rebrand",
  "-c",
  "user.email=rebrand@example.com",
  "commit",
  "-qam",
  `Call it ${values.name}`,
);
process.stdout.write(`${changed} files of ${copy} are renamed.\n`);
