import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";

export const logoSquare: Rule = {
  id: "logo-square",
  part: "logo",
  severity: "warning",
  summary: "The logo is square, within ten percent.",
  why: "It is shown in a square, and the avatar is made from it; any other shape leaves stripes.",
  howToFix: "Use the service's square logo, or extend the drawing's view box to a square.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo || logo.kind === "unreadable") return [];
    const { width, height } = logo.kind === "svg" ? logo.facts : logo.size;
    if (width === undefined || height === undefined) return [];
    if (Math.min(width, height) >= Math.max(width, height) * NEARLY_SQUARE) return [];
    const size = `${round(width)} x ${round(height)}`;
    const fix = "Use the service's square mark, or widen the drawing's box to a square.";
    return [{ path: logo.path, message: `The logo is not square: ${size}.`, fix }];
  },
};

/** On the page a logo is some 50 pixels high: up to here the missing strip is two or three pixels at each side. */
const NEARLY_SQUARE = 0.9;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
