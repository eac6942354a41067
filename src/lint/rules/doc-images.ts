import type { Finding, Rule } from "../rule.ts";

export const docImages: Rule = {
  id: "doc-images",
  part: "documentation",
  severity: "error",
  summary: "Every picture that `doc.md` shows exists.",
  why: "Otherwise the page shows a broken picture.",
  howToFix: "Correct the path, or add the picture.",
  needsEntry: false,
  check(target) {
    const { imageRoot } = target.checkout.dialect;
    // A configured picture that is missing is `screenshot-image`'s to say.
    const configured = new Set(target.integration.screenshots.map(({ imagePath }) => imagePath));
    const findings: Finding[] = [];
    for (const { text, line } of target.doc()?.images ?? []) {
      const path = text.replace(/^\//, "").replace(/[?#].*/, "");
      if (!text.startsWith("/static/") || configured.has(path) || target.session.isThere(path))
        continue;
      findings.push({
        path: target.integration.docFile,
        line,
        message: `The page shows ${text}, which is not there.`,
        fix: `Correct the path, or put the picture below ${imageRoot}.`,
      });
    }
    return findings;
  },
};
