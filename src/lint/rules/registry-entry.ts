import type { Rule } from "../rule.ts";

export const registryEntry: Rule = {
  id: "registry-entry",
  part: "registry",
  severity: "error",
  summary: "Every folder in `zerver/webhooks` belongs to an integration in the registry.",
  why: "Only registered integrations have a URL; a folder without an entry is dead code.",
  howToFix: "Register the integration, or remove the folder.",
  needsEntry: false,
  check({ checkout, files, integration, registered, name }) {
    if (registered) return [];
    const { webhookList } = checkout.dialect.registry;
    const fix =
      files.viewFile === undefined
        ? "Remove the folder, or make it an integration with a view, tests and a registry entry."
        : `Add an entry for "${name}" to \`${webhookList}\` in ${checkout.registryPath}, or remove the folder.`;
    return [
      {
        path: integration.directory,
        message: `The folder is not registered: \`${webhookList}\` has no integration that uses it.`,
        fix,
      },
    ];
  },
};
