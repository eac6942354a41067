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
    if (path.endsWith(".svg")) return { kind: "svg", path, bytes, facts: inspectSvg(bytes) };
    const size = pngSize(bytes);
    return size ? { kind: "png", path, bytes, size } : { kind: "unreadable", path, bytes };
  });
}

export type UsableLogo = Exclude<Logo, { kind: "unreadable" }>;

/** The integration's logo when it is one that an avatar can be made from. */
export function usableLogoOf(target: LintTarget): UsableLogo | undefined {
  const logo = logoOf(target);
  if (!logo || logo.kind === "unreadable") return undefined;
  return logo.kind === "svg" && !logo.facts.ok ? undefined : logo;
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
