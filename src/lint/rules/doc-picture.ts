import { allPages } from "../all-pages.ts";
import type { DocPage } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

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
    return [...missing, ...described, ...furtherPictures(target, page)];
  },
};

/** How many of twenty pages may show more than one message where one is the custom. */
const MOST = 1 / 20;

/** Pictures of messages after the first one, where hardly any other page has them. */
function furtherPictures(target: LintTarget, page: DocPage): Finding[] {
  const [, second] = examples(page);
  if (!second || target.integration.screenshots.length > 1) return [];
  const pages = allPages(target);
  const several = pages.filter((one) => examples(one).length > 1).length;
  if (several - 1 > pages.length * MOST) return [];
  const message = "The page shows more than one message; the other pages show one.";
  const path = target.integration.docFile;
  return [{ path, line: second.line, message, fix: "Leave this picture out." }];
}

/** The pictures after the congratulations. */
function examples({ images, macros }: DocPage): DocPage["images"] {
  const end = macros.find(({ text }) => text === "congrats")?.line ?? Number.POSITIVE_INFINITY;
  return images.filter(({ line }) => line > end);
}
