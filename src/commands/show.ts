import { findIntegration, integrationFiles } from "../checkout/index.ts";
import type { Checkout, Integration, IntegrationFiles } from "../checkout/model.ts";
import { moduleFile } from "../checkout/names.ts";
import type { ChecklistItem } from "../lint/index.ts";
import { columns } from "../ui/layout.ts";
import type { Output } from "../ui/output.ts";
import { printableLine } from "../ui/steering.ts";
import { defineCommand } from "./define.ts";
import { integrationEntry } from "./integration-entry.ts";
import { signOf } from "./reporters/lint-stylish.ts";

export default defineCommand({
  name: "show",
  summary: "show the files of one integration and its checklist",
  isQuick: true,
  description:
    "Shows the files of one integration, and its checklist: what is done, what is missing, and the command that " +
    "creates it.",
  args: [{ name: "name", description: "the integration", required: true }],
  options: {},
  examples: [
    { line: "show github", does: "Prints the files and the checklist of one integration." },
    { line: "show github --json", does: "Prints the same as JSON." },
  ],
  async run({ args }, { out, checkout }) {
    const tree = await checkout();
    const integration = findIntegration(tree, args.name ?? "");
    const { checklist } = await import("../lint/index.ts");
    const files = await integrationFiles(tree, integration);
    const items = await checklist(tree, integration.name);
    out.report({ version: 1, ...describe(tree, integration, files), checklist: items });
    out.data([...places(out, tree, integration, files), "", ...checks(out, items)].join("\n"));
    return undefined;
  },
});

function describe(tree: Checkout, integration: Integration, files: IntegrationFiles): object {
  return {
    ...integrationEntry(integration, files),
    stream: integration.streamName,
    registry: { path: tree.registryPath, line: integration.line },
    view: files.viewFile ?? null,
    tests: files.testsFile ?? null,
  };
}

function places(
  out: Output,
  tree: Checkout,
  integration: Integration,
  files: IntegrationFiles,
): string[] {
  const missing = (path: string | undefined, expected: string): string =>
    path === undefined
      ? `${printableLine(expected)} ${out.paint.red("(missing)")}`
      : printableLine(path);
  const { name, displayName, viewModule, functionName } = integration;
  const expectedView = moduleFile(viewModule);
  const rows: [string, string][] = [
    ["categories", printableLine(integration.categories.join(", "))],
    ["stream", printableLine(integration.streamName)],
    ["URL", printableLine(`/${integration.url}`)],
    ["registry", `${tree.registryPath}:${integration.line}`],
    ["view", `${missing(files.viewFile, expectedView)}  ${printableLine(functionName)}`],
    ["tests", missing(files.testsFile, integration.testsFile)],
    ["fixtures", fixturesLine(integration, files)],
    ["doc", missing(files.docFile, integration.docFile)],
    ["logo", missing(files.logo, integration.expectedLogo)],
    ["avatar", missing(files.avatar, integration.avatar)],
    ...pictureRows(integration, files, missing),
  ];
  const title = `${out.paint.bold(printableLine(displayName))} ${out.paint.dim(`(${printableLine(name)})`)}`;
  return [title, columns(rows.map(([label, value]) => [`  ${out.paint.dim(label)}`, value]))];
}

function fixturesLine({ fixturesDirectory }: Integration, { fixtures }: IntegrationFiles): string {
  return `${fixtures.length} in ${printableLine(fixturesDirectory)}`;
}

function pictureRows(
  integration: Integration,
  files: IntegrationFiles,
  missing: (path: string | undefined, expected: string) => string,
): [string, string][] {
  if (integration.screenshots.length === 0) {
    return [["picture", integration.noScreenshot ? "none, as the registry says" : "none"]];
  }
  return integration.screenshots.map(({ fixture, imagePath }) => {
    const path = files.images.includes(imagePath) ? imagePath : undefined;
    const from = fixture === "" ? "" : `  from ${printableLine(fixture)}`;
    return ["picture", `${missing(path, imagePath)}${from}`];
  });
}

function checks(out: Output, items: readonly ChecklistItem[]): string[] {
  const lines = [out.paint.bold("Checklist")];
  for (const { part, done, problems } of items) {
    const worst = problems[0];
    const sign = done || !worst ? out.paint.green("✓") : signOf(out, worst);
    lines.push(`  ${sign} ${part}`);
    for (const { message, fix } of problems) {
      lines.push(`      ${printableLine(message)}`);
      if (fix !== undefined) lines.push(`      ${out.paint.cyan(printableLine(fix))}`);
    }
  }
  return lines;
}
