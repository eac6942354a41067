/** A logo that draws nothing leaves an empty space in the list of integrations, and an empty avatar. */
import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";

export const logoContent: Rule = {
  id: "logo-content",
  part: "logo",
  severity: "warning",
  summary: "The logo contains something visible, drawn as shapes.",
  why: "An export can lose its shapes, or leave only white ones, which nobody sees on a white page. A bitmap inside an SVG is large and blurred; in existing files that is a hint. The rule looks at the file's elements and colours, and does not draw the logo.",
  howToFix: "Export the service's logo again, as shapes.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo) return [];
    const { path } = logo;
    if (logo.kind === "png") {
      const side = Math.max(logo.size.width, logo.size.height);
      if (side >= SMALLEST) return [];
      const fix = "Use an SVG, or a larger picture.";
      return [{ path, message: `The logo is only ${side} pixels wide.`, fix }];
    }
    if (logo.kind !== "svg") return [];
    if (logo.showsNothing !== undefined) {
      return [
        {
          path,
          message: `The logo shows nothing: ${logo.showsNothing}.`,
          fix: "Export it again, as shapes.",
        },
      ];
    }
    if (!/<(?:\w+:)?image\b/.test(logo.bytes.toString("latin1"))) return [];
    const severity = target.session.isNew(path) ? "warning" : "hint";
    const message = "The logo is an SVG with a picture of pixels in it.";
    return [{ path, severity, message, fix: "Use the service's mark as shapes." }];
  },
};

/** Pixels a side: an avatar is made from it, and drawn at 100. */
const SMALLEST = 50;
