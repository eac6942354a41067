import type { Rule } from "../rule.ts";

export const screenshotEntry: Rule = {
  id: "screenshot-entry",
  part: "screenshot",
  severity: "error",
  summary:
    "The registry names the fixture for the documentation's screenshot, or states that there is none.",
  why: "The screenshot is drawn from this entry; without it, the screenshot cannot be updated when the message changes.",
  howToFix: "Add a screenshot entry, or add the name to the set of integrations without one.",
  needsEntry: true,
  check({ checkout, integration }) {
    const { screenshotStyle, screenshotDict, screenshotClass, noScreenshotSet } =
      checkout.dialect.registry;
    if (screenshotStyle === "none") return [];
    if (integration.screenshots.length > 0 || integration.noScreenshot) return [];
    const { name, line } = integration;
    const entry =
      screenshotStyle === "dict"
        ? `Add \`"${name}": [${screenshotClass}("<fixture>.json")]\` to \`${screenshotDict}\``
        : `Add \`[${screenshotClass}("<fixture>.json")]\` to its entry`;
    const otherwise = noScreenshotSet ? `, or its name to \`${noScreenshotSet}\`` : "";
    return [
      {
        path: checkout.registryPath,
        line,
        message: "The registry has no screenshot entry for this integration.",
        fix: `${entry}${otherwise}.`,
      },
    ];
  },
};
