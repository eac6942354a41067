/** A service goes on sending to the address that somebody gave it. */
import { readRegistry } from "../../checkout/registry.ts";
import { formerEntry } from "../former-entry.ts";
import type { Rule } from "../rule.ts";

export const urlKept: Rule = {
  id: "url-kept",
  part: "registry",
  severity: "error",
  summary: "A branch keeps the URL of every integration that its base has.",
  why: "Users have given the URL to their services. If no entry serves it any more, every request of these services is answered with 404, and nobody is told.",
  howToFix:
    "Take the URL back. If the new one is meant, keep an entry for the old one as well, with the view as its `function`.",
  needsEntry: true,
  dialects: "Only where a base is known: with `lint --changed`, and in `review`.",
  async check(target) {
    const { checkout, registered, integration } = target;
    const former = registered ? await formerEntry(target) : undefined;
    if (!former || checkout.integrations.some(({ url }) => url === former.url)) return [];
    const { classes, webhookClass } = readRegistry(checkout.registrySource);
    const hidden = classes.parameters(webhookClass).some(({ name }) => name === "legacy")
      ? "`legacy=True` and "
      : "";
    return [
      {
        path: checkout.registryPath,
        line: integration.line,
        message: `The base serves this integration at /${former.url}, and no entry does any more: requests of services that are set up are answered with 404.`,
        fix: `Take the URL back, or keep a second entry with \`url="${former.url}"\`, ${hidden}\`function="${integration.functionPath}"\`.`,
      },
    ];
  },
};
