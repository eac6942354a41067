import type { Rule } from "../rule.ts";

export const logoFile: Rule = {
  id: "logo-file",
  part: "logo",
  severity: "error",
  summary: "The integration has a logo.",
  why: "The list of integrations and the bot's avatar show it.",
  howToFix: "Add the service's square logo, as SVG if there is one.",
  needsEntry: true,
  check({ checkout, files, integration }) {
    if (files.logo !== undefined) return [];
    return [
      {
        path: integration.expectedLogo,
        message: integration.logo
          ? `The logo that ${checkout.registryPath} names is not there.`
          : "There is no logo.",
        fix: `Put the service's square logo at ${integration.expectedLogo}.`,
      },
    ];
  },
};
