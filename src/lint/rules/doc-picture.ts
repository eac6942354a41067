import type { Rule } from "../rule.ts";

export const docPicture: Rule = {
  id: "doc-picture",
  part: "documentation",
  severity: "warning",
  summary: "`doc.md` shows the configured pictures, each with an empty alt text.",
  why: "People use the picture to decide whether they want the integration.",
  howToFix: "Add `![](/static/images/integrations/<name>/001.png)` after the congratulations.",
  needsEntry: true,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    const shown = new Set(page.images.map(({ text }) => text.replace(/^\//, "")));
    const missing = target.integration.screenshots
      .filter(({ imagePath }) => !shown.has(imagePath))
      .map(({ imagePath }) => ({
        path,
        message: `The page does not show the configured picture ${imagePath}.`,
        fix: `Write \`![](/${imagePath})\` at the end of the steps.`,
      }));
    const described = page.images
      .filter(({ alternative }) => alternative !== "")
      .map(({ line }) => ({
        path,
        line,
        message: "The picture has an alternative text, which the other pages leave empty.",
        fix: "Write `![](…)`.",
      }));
    return [...missing, ...described];
  },
};
