import { pngSize } from "../images.ts";
import type { Finding, Rule } from "../rule.ts";

const WIDTH = 1520;

export const screenshotSize: Rule = {
  id: "screenshot-size",
  part: "screenshot",
  severity: "hint",
  summary: "The picture is as wide as the others: 1520 pixels.",
  why: "Pictures of one width look alike on the page; older ones were made by hand.",
  howToFix: "Run `connect-webhook screenshot --integration <name>`.",
  needsEntry: true,
  check(target) {
    const findings: Finding[] = [];
    for (const path of target.files.images) {
      const bytes = path.endsWith(".png") ? target.bytes(path) : undefined;
      const size = bytes && pngSize(bytes);
      if (!bytes || size?.width === WIDTH) continue;
      const message = size
        ? `The picture is ${size.width} pixels wide, not ${WIDTH}.`
        : "The picture is no readable PNG.";
      const fix = `Run \`connect-webhook screenshot --integration ${target.name}\`.`;
      findings.push({ path, message, fix });
    }
    return findings;
  },
};
