import { integrationFiles } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import type { Output } from "../ui/output.ts";
import { count, printable } from "../ui/text.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "list",
  description:
    "Lists the webhook integrations that the tree's registry has, in the registry's order, with their categories, " +
    "fixtures and pictures.",
  args: [],
  options: {},
  examples: [
    { line: "list", does: "Prints one line for each integration." },
    { line: "list --json", does: "Prints where everything of each integration is, as JSON." },
  ],
  async run(_input, { out, checkout }) {
    const tree = await checkout();
    const integrations = [];
    for (const integration of tree.integrations) {
      integrations.push(await entryOf(tree, integration));
    }
    out.report({ version: 1, root: tree.root, integrations });
    out.data(table(out, integrations));
    out.say(`${count(integrations.length, "integration")} in ${tree.root}`);
    if (tree.orphans.length > 0) {
      out.say(`Folders without a registry entry: ${printable(tree.orphans.join(", "))}.`);
    }
    return undefined;
  },
});

type Entry = Awaited<ReturnType<typeof entryOf>>;

/** One integration as the JSON output has it. What is not on disk is null. */
async function entryOf(tree: Checkout, integration: Integration) {
  const files = await integrationFiles(tree, integration);
  return {
    name: integration.name,
    displayName: integration.displayName,
    categories: integration.categories,
    url: integration.url,
    function: integration.functionPath,
    directory: integration.directory,
    fixtures: files.fixtures.map(({ path }) => path),
    doc: files.docFile ?? null,
    logo: files.logo ?? null,
    avatar: files.avatar ?? null,
    screenshots: integration.screenshots.map(({ fixture, imagePath }) => ({
      fixture,
      image: imagePath,
    })),
  };
}

function table(out: Output, entries: readonly Entry[]): string {
  const names = Math.max(0, ...entries.map(({ name }) => name.length));
  const titles = Math.max(0, ...entries.map(({ displayName }) => displayName.length));
  return entries
    .map(({ name, displayName, fixtures, categories }) => {
      const amount = `${fixtures.length} fixture${fixtures.length === 1 ? "" : "s"}`;
      const start = `${out.paint.bold(name.padEnd(names))}  ${printable(displayName).padEnd(titles)}`;
      return `${start}  ${amount.padStart(12)}  ${out.paint.dim(categories.join(", "))}`;
    })
    .join("\n");
}
