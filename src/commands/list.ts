import { integrationFiles } from "../checkout/index.ts";
import type { Output } from "../ui/output.ts";
import { count, printable } from "../ui/text.ts";
import { defineCommand } from "./define.ts";
import { integrationEntry } from "./integration-entry.ts";

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
      integrations.push(integrationEntry(integration, await integrationFiles(tree, integration)));
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

type Entry = ReturnType<typeof integrationEntry>;

function table(out: Output, entries: readonly Entry[]): string {
  const names = Math.max(0, ...entries.map(({ name }) => name.length));
  const titles = Math.max(0, ...entries.map(({ displayName }) => displayName.length));
  return entries
    .map(({ name, displayName, fixtures, categories }) => {
      const amount = `${fixtures.length} fixture${fixtures.length === 1 ? "" : "s"}`;
      const start = `${out.paint.bold(name.padEnd(names))}  ${printable(displayName).padEnd(titles)}`;
      return `${start}  ${amount.padStart(12)}  ${out.paint.dim(printable(categories.join(", ")))}`;
    })
    .join("\n");
}
