/** What the documentation rules ask of a page because of what the tree's other pages have. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { cleanTree, lintTree, replaceIn } from "./trees.ts";

const entry = '    WebhookIntegration("lanternpost"';
const lanternpost = "zerver/webhooks/lanternpost/doc.md";

const plain = "Get Connect notifications when a crane stops!\n\n1. {!create-stream.md!}\n";
const sections = `# Connect Crane integration\n\n${plain}`;

/** The clean tree with other pages for LanternPost and for some integrations more. */
function treeOf(page: string, others: readonly string[]): string {
  const root = cleanTree();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(lanternpost, page);
  for (const [index, text] of others.entries()) {
    const name = `crane${index}`;
    replaceIn(root, "zerver/lib/integrations.py", entry, `${integrationOf(name)}${entry}`);
    write(`zerver/webhooks/${name}/doc.md`, text);
  }
  return root;
}

const integrationOf = (name: string): string =>
  `    WebhookIntegration("${name}", ["monitoring"]),\n`;

/** What a rule says of LanternPost's page. */
async function saidBy(rule: string, page: string, others: readonly string[]): Promise<string[]> {
  const { problems } = await lintTree(treeOf(page, others), { names: ["lanternpost"] });
  return problems.filter((one) => one.rule === rule).map(({ message }) => message);
}

const times = (count: number, text: string): string[] => Array<string>(count).fill(text);

// The clean tree's other page, of the ferry board, is plain.
it.each<[what: string, page: string, others: string[], said: string[]]>([
  ["no other page has a heading", sections, times(8, plain), ["pages of this tree have none"]],
  [
    "another page has moved to sections",
    sections,
    [sections.replace("Crane", "Hoist"), ...times(9, plain)],
    [],
  ],
  [
    "the heading stands within, and one page has moved",
    plain.replace("\n1.", "\n## Set-up\n\n1."),
    [sections, ...times(9, plain)],
    ["10 of this tree's 11 other pages have none"],
  ],
])("a heading where %s", async (_what, page, others, said) => {
  const expected = said.map((have) => `The page has a heading; ${have}.`);
  expect(await saidBy("doc-structure", page, others)).toEqual(expected);
});

const byUrl = "Get Connect notifications!\n\n1. {!generate-webhook-url-basic.md!}\n";
const twice = byUrl.replace("1. ", "1. {!create-channel.md!}\n\n1. ");

it.each<[what: string, others: string[], count: number]>([
  ["the few other pages with the URL's macro do", [...times(14, plain), twice, twice], 0],
  ["no other page has the URL's macro", times(9, plain), 0],
  ["most pages with the URL's macro do not", [...times(9, plain), ...times(5, byUrl)], 1],
])("a channel made beside the URL where %s", async (_what, others, count) => {
  const said = await saidBy("doc-steps", twice, others);
  expect(said.filter((message) => message.startsWith("The step makes a channel"))).toHaveLength(
    count,
  );
});

const ending = "\n### Related documentation\n\n- [Cranes](/help/cranes)\n";
const whole = `# Connect Crane integration

Get Connect notifications when a crane stops!

{start_tabs}

1. {!create-bot-construct-url.md!}

{end_tabs}
${ending}`;

it.each<[what: string, page: string, said: string[]]>([
  ["is not there", whole.replace(ending, ""), ["The page has no related documentation."]],
  [
    "has another name",
    whole.replace("Related documentation", "Related reading"),
    ['The last part is called "Related reading", and on the other pages "Related documentation".'],
  ],
  [
    "is not there, and no URL is made",
    whole.replace(ending, "").replace("{!create-bot-construct-url.md!}", "Install the app."),
    [],
  ],
])("related documentation that %s", async (_what, page, said) => {
  expect(await saidBy("doc-structure", page, times(9, whole))).toEqual(said);
});
