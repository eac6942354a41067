import type { Finding, Rule } from "../rule.ts";

/** Generous bounds: three times what a well-packed file of its kind needs. */
const bounds = { logo: 100_000, avatar: 30_000, picture: 400_000 } as const;

const editorMarks = /<(sodipodi|inkscape):|<i:pgf\b|<metadata\b|<x:xmpmeta\b/;

/** What a drawing does not need: comments, blanks between elements, digits nobody sees. */
const ballast = /<!--[\s\S]*?(?:-->|$)|(?<=>)\s+(?=<)|(?<=\d\.\d{3})\d+/g;
/** Reported from here on. */
const BALLAST_BYTES = 3_000;

export const imageSize: Rule = {
  id: "image-size",
  part: "logo",
  severity: "hint",
  summary: "The images are no larger than they need to be.",
  why: "The list of integrations loads all logos at once, and the documentation loads all pictures.",
  howToFix: "Compress the file again, with `svgo` for an SVG or `oxipng` for a PNG.",
  needsEntry: true,
  check(target) {
    const { logo, avatar, images } = target.files;
    const findings: Finding[] = [];
    const check = (path: string | undefined, kind: keyof typeof bounds): void => {
      const bytes = path === undefined ? undefined : target.bytes(path);
      if (path === undefined || !bytes) return;
      if (bytes.length > bounds[kind]) {
        const message = `The ${kind} has ${Math.round(bytes.length / 1000)} KB.`;
        const tool = path.endsWith(".svg") ? "svgo" : "oxipng";
        findings.push({ path, message, fix: `Pack it with \`${tool}\`.` });
      } else if (path.endsWith(".svg") && editorMarks.test(bytes.toString("latin1"))) {
        const message = "The logo carries its editor's own data.";
        findings.push({ path, message, fix: "Export it as a plain SVG, or pack it with `svgo`." });
      } else if (path.endsWith(".svg") && ballastOf(bytes) > BALLAST_BYTES) {
        const message = `${Math.round(ballastOf(bytes) / 1000)} of the logo's ${Math.round(bytes.length / 1000)} KB draw nothing.`;
        findings.push({ path, message, fix: "Pack it with `svgo`." });
      }
    };
    check(logo, "logo");
    check(avatar, "avatar");
    for (const path of images) check(path, "picture");
    return findings;
  },
};

/** The bytes of an SVG that draw nothing. */
function ballastOf(svg: Buffer): number {
  const found = svg.toString("latin1").match(ballast) ?? [];
  return found.reduce((sum, piece) => sum + piece.length, 0);
}
