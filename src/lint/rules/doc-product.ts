import { introduction, withoutSpans } from "../doc-page.ts";
import { type Finding, type Rule, skip } from "../rule.ts";

export const docProduct: Rule = {
  id: "doc-product",
  part: "documentation",
  severity: "warning",
  summary: "The first paragraph names the product, and the page does not use another name for it.",
  why: "Readers know the product by one name; another name looks like another product.",
  howToFix: "Use the product's name as on this tree's other pages.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    const { productName } = target.checkout.dialect.docs;
    // In a tree with few pages a service's name can be taken for the product's.
    if (target.checkout.integrations.some(({ displayName }) => displayName === productName)) {
      return skip("the tree's pages do not show what the product is called");
    }
    const findings: Finding[] = [];
    const opening = introduction(page);
    const names = opening?.text.replaceAll(/`[^`]*`/g, "");
    const shortName = productName.split(" ").at(-1) ?? productName;
    if (!names?.includes(shortName)) {
      const message = opening
        ? `The first paragraph does not name ${productName}.`
        : `No paragraph in front of the steps says what ${productName} users get.`;
      const fix = `Say what ${productName} users get from it.`;
      findings.push({ path, line: opening?.line ?? 1, message, fix });
    }
    if (shortName === "Zulip") return findings;
    for (const [index, line] of page.lines.entries()) {
      const prose = withoutSpans(line.replace(/^\s*\[[^\]]+\]:.*/, ""), [
        ["`", "`"],
        ["](", ")"],
        ["<", ">"],
      ]);
      if (page.code.has(index + 1) || !/\bZulip\b/.test(prose)) continue;
      const message = `The page says Zulip; here the product is called ${productName}.`;
      findings.push({ path, line: index + 1, message, fix: `Write ${productName}.` });
    }
    return findings;
  },
};
