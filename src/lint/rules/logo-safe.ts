import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";

export const logoSafe: Rule = {
  id: "logo-safe",
  part: "logo",
  severity: "error",
  summary: "The logo can be read, and contains only what it draws.",
  why: "Browsers run scripts in an SVG and fetch what it refers to; a logo must not do either.",
  howToFix: "Export the logo again as a plain SVG, with its images and fonts embedded.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo || logo.kind === "png") return [];
    const fix = "Export the logo again as a plain SVG, without scripts or references.";
    if (logo.kind === "unreadable") {
      return [{ path: logo.path, message: "The logo is neither an SVG nor a PNG.", fix }];
    }
    return logo.facts.problems.map((problem) => ({
      path: logo.path,
      message: `The logo cannot be used as it is. ${problem}`,
      fix,
    }));
  },
};
