/** The documentation pages of a whole tree, and what they have in common. */
import { type DocPage, MAX_DOC_LENGTH, readDoc } from "./doc-page.ts";
import type { LintTarget } from "./target.ts";

/** Trees moved to sections page by page; one asks for what four of five of its pages have. */
export function isCustom(pages: readonly DocPage[], has: (page: DocPage) => boolean): boolean {
  return pages.length < 5 || haveMostly(pages, has);
}

/** Whether four of five pages have something. Of no pages, none has. */
export function haveMostly(pages: readonly DocPage[], has: (page: DocPage) => boolean): boolean {
  return pages.length > 0 && pages.filter(has).length >= pages.length * 0.8;
}

/** Every page that is not too long to be read. */
export function allPages({ session }: LintTarget): readonly DocPage[] {
  return session.once("pages", () =>
    session.checkout.integrations.flatMap(({ docFile }) => {
      const text = session.text(docFile);
      return text === undefined || text.length > MAX_DOC_LENGTH ? [] : [readDoc(text)];
    }),
  );
}
