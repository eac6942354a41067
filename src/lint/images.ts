/** What the image rules know about a tree's logos, avatars and pictures. */
import { avatarToolOf } from "../checkout/avatar-tool.ts";
import { pngSize } from "../image/chunks.ts";
import { makeAvatar } from "../image/index.ts";
import { inspectSvg, isSquare, type SvgFacts } from "../image/svg.ts";
import type { Repair } from "./rule.ts";
import type { LintTarget } from "./target.ts";

/** A logo as far as it could be read. */
export type Logo =
  | {
      readonly kind: "svg";
      readonly path: string;
      readonly bytes: Buffer;
      readonly facts: SvgFacts;
      /** Why it shows nothing, as half a sentence, as far as its elements tell. */
      readonly showsNothing: string | undefined;
    }
  | {
      readonly kind: "png";
      readonly path: string;
      readonly bytes: Buffer;
      readonly size: PixelSize;
    }
  | { readonly kind: "unreadable"; readonly path: string; readonly bytes: Buffer };

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The integration's logo; undefined when there is none. */
export function logoOf(target: LintTarget): Logo | undefined {
  const path = target.files.logo;
  if (path === undefined) return undefined;
  return target.session.once(`logo:${path}`, () => {
    const bytes = target.bytes(path);
    if (!bytes) return undefined;
    if (path.endsWith(".svg")) {
      const showsNothing = drawsNothing(bytes);
      return { kind: "svg", path, bytes, facts: inspectSvg(bytes), showsNothing };
    }
    const size = pngSize(bytes);
    return size ? { kind: "png", path, bytes, size } : { kind: "unreadable", path, bytes };
  });
}

export type UsableLogo = Exclude<Logo, { kind: "unreadable" }>;

/** The integration's logo when it is one that an avatar can be made from. */
export function usableLogoOf(target: LintTarget): UsableLogo | undefined {
  const logo = logoOf(target);
  if (!logo || logo.kind === "unreadable") return undefined;
  if (logo.kind === "svg" && (!logo.facts.ok || logo.showsNothing !== undefined)) return undefined;
  return logo;
}

/** Makes the avatar from the logo; undefined when the logo is none to make it from. */
export function avatarRepair(target: LintTarget): Repair | undefined {
  const logo = usableLogoOf(target);
  if (!logo) return undefined;
  const path = target.integration.avatar;
  // A tree that has an avatar has accepted its logo, square or not; a new logo must be square.
  const allowNonSquare = target.files.avatar !== undefined;
  if (!allowNonSquare && !squareEnough(logo)) return undefined;
  return {
    path,
    async apply() {
      const tool = avatarToolOf(target.checkout.root);
      return makeAvatar(logo.bytes, logo.kind, { allowNonSquare, tool });
    },
  };
}

function squareEnough(logo: UsableLogo): boolean {
  const { width, height } = logo.kind === "svg" ? logo.facts : logo.size;
  return width !== undefined && height !== undefined && isSquare(width, height);
}

/** Elements that draw. */
const SHAPE =
  /<(?:\w+:)?(path|rect|circle|ellipse|line|polyline|polygon|text|image|use|foreignObject)\b([^<>]*)>/g;
/** What a shape without a size or a way has. */
const HOLLOW = /\b(?:d|points)\s*=\s*(["'])\s*\1|\b(?:width|height|r)\s*=\s*(["'])0(?:px)?\2/;
const WHITE = /^(?:#fff(?:fff)?|white|none|transparent)$/i;

/**
 * Why an SVG shows nothing on a white page, as far as its elements and colours tell.
 * @returns Half a sentence; undefined when it may show something.
 */
function drawsNothing(svg: Uint8Array): string | undefined {
  const text = withoutComments(Buffer.from(svg).toString("latin1"));
  const shapes = [...text.matchAll(SHAPE)].map(([, , attributes = ""]) => attributes);
  const full = shapes.filter((attributes) => !HOLLOW.test(attributes));
  if (full.length === 0) return "there is no shape in it";
  // Colours may also come from styles and from groups around.
  if (/<(?:\w+:)?(style|linearGradient|radialGradient|pattern|filter|mask)\b|style\s*=/.test(text))
    return undefined;
  const colours = [...text.matchAll(/\b(?:fill|stroke|color)\s*=\s*(["'])([^"']*)\1/g)].map(
    ([, , colour = ""]) => colour.trim(),
  );
  const everyShape = full.every((attributes) => /\bfill\s*=/.test(attributes));
  const pale = colours.length > 0 && colours.every((colour) => WHITE.test(colour));
  return everyShape && pale ? "all of it is white or not filled" : undefined;
}

/** Step by step: an expression would look for the end anew at every comment that has none. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", at)) {
    const end = text.indexOf("-->", start + 4);
    if (end < 0) break;
    kept.push(text.slice(at, start));
    at = end + 3;
  }
  return kept.join("") + text.slice(at);
}
