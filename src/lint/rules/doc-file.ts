import type { Rule } from "../rule.ts";

export const docFile: Rule = {
  id: "doc-file",
  part: "documentation",
  severity: "error",
  summary: "The integration has a documentation page.",
  why: "The server shows the page at the integration's address; without it, readers get an error.",
  howToFix:
    "Write `doc.md`: what the integration does, and one numbered step for each form to fill in.",
  needsEntry: false,
  check({ files, integration }) {
    if (files.docFile !== undefined) return [];
    const fix = "Write it: what the integration does, and how to set it up, step by step.";
    return [{ path: integration.docFile, message: "There is no documentation page.", fix }];
  },
};
