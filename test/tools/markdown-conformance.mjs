// Renders Connect's own Markdown test cases and says which of them come out as expected.
//
//   npm run conformance:markdown -- -C <tree> [--show <name>]
//
// The cases are read from the tree and stay there: they are not ours to copy.
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "tsdown";

const { values } = parseArgs({
  options: { checkout: { type: "string", short: "C" }, show: { type: "string" } },
});
if (values.checkout === undefined) {
  throw new Error("Say which tree holds the cases: -C <tree>.");
}

/** Bundles the renderer, because Node 20 does not read TypeScript. */
async function loadRenderer() {
  const outDir = await mkdtemp(join(tmpdir(), "markdown-conformance-"));
  try {
    await build({
      entry: { markdown: resolve(import.meta.dirname, "../../src/markdown/index.ts") },
      outDir,
      config: false,
      clean: false,
      dts: false,
      format: "esm",
      platform: "node",
      logLevel: "error",
      noExternal: /./,
      outExtensions: () => ({ js: ".mjs" }),
    });
    return await import(pathToFileURL(join(outDir, "markdown.mjs")).href);
  } finally {
    await rm(outDir, { recursive: true });
  }
}

/** The addresses that Connect's test settings give to outside media. */
function proxy(url) {
  const digest = createHmac("sha1", "dummy").update(url).digest("hex");
  const hex = Buffer.from(url).toString("hex");
  return `https://external-content.zulipcdn.net/external_content/${digest}/${hex}`;
}

/** What a linkify case expects: its pattern with the link filled in. */
function expectedLink(pattern, url) {
  const scheme = url.startsWith("http") ? "" : url.includes("@") ? "mailto:" : "http://";
  return pattern.replace("%s", () => `<a href="${scheme}${url}">${url}</a>`);
}

const { renderMarkdown, parseEmojiNames, parseMarkdownDialect } = await loadRenderer();
const read = (path) => readFile(join(values.checkout, path), "utf8");
const source = await read("zerver/tests/fixtures/markdown_test_cases.json");
const cases = JSON.parse(source);
const options = {
  dialect: parseMarkdownDialect(await read("zerver/lib/markdown/__init__.py")),
  emoji: parseEmojiNames(await read("tools/setup/emoji/emoji_names.py")),
  site: "http://zulip.testserver",
  // The later cases mention a demo user.
  users: [{ id: 7, name: "Zoe" }],
  media: { thumbnails: source.includes("/thumbnail?url="), proxy },
};

const results = [
  ...cases.regular_tests.map((test) => ({
    kind: "regular",
    name: test.name,
    expected: test.expected_output,
    actual: renderMarkdown(test.input, {
      ...options,
      translateEmoticons: test.translate_emoticons === true,
    }),
  })),
  ...cases.linkify_tests.map(([input, pattern, url]) => ({
    kind: "linkify",
    name: input,
    expected: expectedLink(pattern, url),
    actual: renderMarkdown(input, options),
  })),
];

for (const kind of ["regular", "linkify"]) {
  const all = results.filter((result) => result.kind === kind);
  const failed = all.filter(({ expected, actual }) => expected !== actual);
  process.stdout.write(`${kind}: ${all.length - failed.length} of ${all.length}\n`);
  for (const { name, expected, actual } of failed) {
    process.stdout.write(`  ${name}\n`);
    if (values.show === name || values.show === "all") {
      process.stdout.write(`    expected ${expected}\n    actual   ${actual}\n`);
    }
  }
}
