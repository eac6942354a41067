import { shellCommand } from "../../host/shell-command.ts";
import { pngSize } from "../../image/chunks.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintSession } from "../session.ts";

/** In device pixels: a card of 760 CSS pixels, with one line of text. */
const WIDTH = 1520;
const LOWEST = 200;

/** A width that more pictures have is the one of another tool, and not an accident. */
const SHARED_BY = 2;

/** Some tools cut a picture to what it shows, so that their widths differ by so much, as a part of the width. */
const SPREAD = 0.02;

export const screenshotSize: Rule = {
  id: "screenshot-size",
  part: "screenshot",
  severity: "hint",
  summary:
    "The screenshot has the same width as the others, 1520 pixels in most trees, and is not cut off.",
  why: "Screenshots of the same width look consistent on the page; a width that no other has, not even nearly, may come from a picture that was taken by hand. For files that the branch adds, the finding is a warning.",
  howToFix: "Run `connect-webhook screenshot --integration <name>`.",
  needsEntry: true,
  check({ files, name, session }) {
    const findings: Finding[] = [];
    for (const path of files.images) {
      const bytes = path.endsWith(".png") ? session.bytes(path) : undefined;
      const message = bytes && problemOf(session, bytes);
      if (message === undefined) continue;
      const fix = `Run \`${shellCommand("connect-webhook", "screenshot", "--integration", name)}\`.`;
      findings.push({ path, message, fix, severity: session.isNew(path) ? "warning" : "hint" });
    }
    return findings;
  },
};

function problemOf(session: LintSession, bytes: Buffer): string | undefined {
  const size = pngSize(bytes);
  if (!size) return "The picture is no readable PNG.";
  const { width, height } = size;
  const widths = widthsOf(session);
  const usual = usualWidth(widths);
  if (usual !== undefined && width !== usual && picturesNear(widths, width) <= SHARED_BY) {
    return `The picture is ${width} pixels wide, not ${usual}.`;
  }
  if (width === WIDTH && height < LOWEST) {
    return `The picture is ${height} pixels high; one with a single line has ${LOWEST}.`;
  }
  return undefined;
}

/** The width that most pictures have; undefined where so few have one that pictures of it say nothing. */
function usualWidth(widths: ReadonlyMap<number, number>): number | undefined {
  const total = [...widths.values()].reduce((sum, count) => sum + count, 0);
  if (total <= SHARED_BY) return WIDTH;
  const [width, count = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [];
  return count * 2 >= total ? width : undefined;
}

/** How many pictures have a width, or nearly. */
function picturesNear(widths: ReadonlyMap<number, number>, width: number): number {
  const near = [...widths].filter(([other]) => Math.abs(other - width) <= width * SPREAD);
  return near.reduce((sum, [, count]) => sum + count, 0);
}

/** How many of the tree's pictures have each width. */
function widthsOf(session: LintSession): ReadonlyMap<number, number> {
  return session.once("picture widths", () => {
    const paths = session.checkout.integrations.flatMap(({ screenshots }) =>
      screenshots.map(({ imagePath }) => imagePath),
    );
    const widths = new Map<number, number>();
    for (const path of new Set(paths)) {
      const bytes = session.bytes(path);
      const width = bytes && pngSize(bytes)?.width;
      if (width !== undefined) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    return widths;
  });
}
