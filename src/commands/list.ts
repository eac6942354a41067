import { integrationFiles } from "../checkout/index.ts";
import { columns } from "../ui/layout.ts";
import type { Output } from "../ui/output.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import { defineCommand } from "./define.ts";
import { integrationEntry } from "./integration-entry.ts";

export default defineCommand({
  name: "list",
  summary: "list the integrations of the tree",
  isQuick: true,
  description:
    "Lists the webhook integrations in the tree's registry, in the registry's order, with their categories, fixtures " +
    "and screenshots.",
  args: [],
  options: {},
  examples: [
    { line: "list", does: "Prints one line per integration." },
    { line: "list --json", does: "Prints the files of each integration, as JSON." },
  ],
  async run(_input, { out, checkout }) {
    const tree = await checkout();
    const integrations = [];
    for (const integration of tree.integrations) {
      integrations.push(integrationEntry(integration, await integrationFiles(tree, integration)));
    }
    out.report({ version: 1, root: tree.root, integrations });
    out.data(table(out, integrations));
    out.say(`${count(integrations.length, "integration")} in ${printableLine(tree.root)}`);
    if (tree.orphans.length > 0) {
      out.say(`Folders without a registry entry: ${printableLine(tree.orphans.join(", "))}.`);
    }
    return undefined;
  },
});

type Entry = ReturnType<typeof integrationEntry>;

function table(out: Output, entries: readonly Entry[]): string {
  return columns(
    entries.map(({ name, displayName, fixtures, categories }) => [
      out.paint.bold(printableLine(name)),
      printableLine(displayName),
      count(fixtures.length, "fixture").padStart(12),
      out.paint.dim(printableLine(categories.join(", "))),
    ]),
  );
}
