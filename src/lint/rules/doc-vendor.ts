import { withoutSpans } from "../doc-page.ts";
import type { Rule } from "../rule.ts";

export const docVendor: Rule = {
  id: "doc-vendor",
  part: "documentation",
  severity: "hint",
  summary: "The page spells the service's name as the registry does.",
  why: "Vendors have their own spelling; if two spellings differ, one of them is wrong.",
  howToFix: "Look up the vendor's spelling, and use it on the page and in the registry.",
  needsEntry: true,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const { displayName, docFile } = target.integration;
    const name = displayName.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const spelling = new RegExp(`(?<![\\w/.@-])${name}(?![\\w/@-]|\\.\\w)`, "gi");
    const found = page.lines.flatMap((line, index) => {
      if (page.code.has(index + 1)) return [];
      const prose = withoutSpans(line, [
        ["`", "`"],
        ["](", ")"],
        ["{", "}"],
        ["![", "]"],
      ]).replace(/https?:\S+/g, "");
      return [...prose.matchAll(spelling)].map(([text]) => ({ text, line: index + 1 }));
    });
    // A page that never writes it as the registry does may well know better; it is said once.
    const other = found.find(({ text }) => text !== displayName);
    if (!other) return [];
    const message = `The page writes "${other.text}", the registry "${displayName}".`;
    const fix = "Use the vendor's own spelling in both.";
    return [{ path: docFile, line: other.line, message, fix }];
  },
};
