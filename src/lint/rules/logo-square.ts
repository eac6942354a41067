import { isSquare } from "../../image/svg.ts";
import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";

export const logoSquare: Rule = {
  id: "logo-square",
  part: "logo",
  severity: "warning",
  summary: "The logo is square.",
  why: "It is shown in a square, and the avatar is made from it; another shape leaves stripes.",
  howToFix: "Use the service's square mark, or widen the drawing's box to a square.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo || logo.kind === "unreadable") return [];
    const { width, height } = logo.kind === "svg" ? logo.facts : logo.size;
    if (width === undefined || height === undefined) return [];
    if (isSquare(width, height)) return [];
    const size = `${round(width)} x ${round(height)}`;
    const fix = "Use the service's square mark, or widen the drawing's box to a square.";
    return [{ path: logo.path, message: `The logo is not square: ${size}.`, fix }];
  },
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
