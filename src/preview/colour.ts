/**
 * The colours of the bar above a message, made from the stream's colour.
 *
 * Connect keeps the icon's lightness (CIE LCh) between 20 and 75, and mixes 22 % of that colour into
 * #f9f9f9 in CIE Lab (web/src/stream_color.js there).
 */
import { createHash } from "node:crypto";
import { pixelAt, pngSize } from "../image/index.ts";

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Colours of a bar and its icon, as CSS hex strings. */
export interface BarColours {
  bar: string;
  icon: string;
}

type Lab = readonly [number, number, number];

const PAPER: Rgb = [0xf9, 0xf9, 0xf9];
const SHARE = 0.22;
const SHARE_IN_DARK = 0.38;
const DARKEST = 20;
const LIGHTEST = 75;

/** Streams without a colour get one of these, always the same by name. */
const PALETTE = [
  "#4c9ad0",
  "#5cab7d",
  "#e0853f",
  "#b779c4",
  "#d9a441",
  "#d1626f",
  "#6f86d6",
  "#3fa9a5",
  "#9aae3f",
  "#a9806a",
];

/** Where a picture shows nothing but the bar, above its text: device pixels from the top. */
const BAR_ROW = 18;

/**
 * The colours for a stream's colour.
 * @param colour A CSS hex colour such as `#4c9ad0`.
 */
export function coloursOfStream(colour: string): BarColours {
  const [lightness, a, b] = labOf(parseHex(colour));
  // Clamping L alone keeps chroma and hue: they depend on a and b only.
  const icon: Lab = [Math.min(LIGHTEST, Math.max(DARKEST, lightness)), a, b];
  const iconRgb = rgbOf(icon);
  return { bar: hexOf(rgbOf(mix(labOf(PAPER), labOf(iconRgb), SHARE))), icon: hexOf(iconRgb) };
}

/** The bar on a dark page, as CSS hex: there Connect mixes 38 % of the icon's colour into black. */
export function darkBarOf({ icon }: BarColours): string {
  return hexOf(rgbOf(mix(labOf([0, 0, 0]), labOf(parseHex(icon)), SHARE_IN_DARK)));
}

/** The colours for a stream that nobody has chosen a colour for. */
export function defaultColours(stream: string): BarColours {
  const first = createHash("sha256").update(stream).digest()[0] ?? 0;
  return coloursOfStream(PALETTE[first % PALETTE.length] as string);
}

/**
 * The colours an existing documentation picture has, so that a new one keeps them.
 * @param png The picture's bytes.
 * @returns Undefined for a picture that shows no coloured bar at its top.
 */
export async function coloursOfPicture(png: Uint8Array): Promise<BarColours | undefined> {
  const facts = pngSize(png);
  if (facts === undefined || facts.height <= BAR_ROW) return undefined;
  // What cannot be read has no colour to keep: it is replaced.
  const bar = await pixelAt(png, Math.floor(facts.width / 2), BAR_ROW).catch(() => undefined);
  if (bar === undefined) return undefined;
  // The way back from a rounded colour is not exact: our own pictures are recognised, and so come out the same again.
  const own = PALETTE.map(coloursOfStream).find((colours) => colours.bar === hexOf(bar));
  if (own) return own;
  const icon = mix(labOf(PAPER), labOf(bar), 1 / SHARE);
  if (icon[0] < DARKEST - 5 || icon[0] > LIGHTEST + 5) return undefined;
  return { bar: hexOf(bar), icon: hexOf(rgbOf(icon)) };
}

function mix(from: Lab, to: Lab, share: number): Lab {
  const at = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [at(0), at(1), at(2)];
}

function parseHex(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

// The usual sRGB and CIE Lab formulas, with the D65 white point.
const WHITE: Rgb = [0.95047, 1, 1.08883];
const KAPPA = 24389 / 27;
const EPSILON = 216 / 24389;

function labOf(rgb: Rgb): Lab {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  const xyz: Rgb = [
    0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    0.0193339 * r + 0.119192 * g + 0.9503041 * b,
  ];
  const f = (index: 0 | 1 | 2) => {
    const value = xyz[index] / WHITE[index];
    return value > EPSILON ? Math.cbrt(value) : (KAPPA * value + 16) / 116;
  };
  return [116 * f(1) - 16, 500 * (f(0) - f(1)), 200 * (f(1) - f(2))];
}

function rgbOf([lightness, a, b]: Lab): Rgb {
  const y = (lightness + 16) / 116;
  const value = (f: number) => (f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA);
  const [x, luminance, z] = [
    value(y + a / 500) * WHITE[0],
    value(y) * WHITE[1],
    value(y - b / 200) * WHITE[2],
  ] as const;
  const linear = [
    3.2404542 * x - 1.5371385 * luminance - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * luminance + 0.041556 * z,
    0.0556434 * x - 0.2040259 * luminance + 1.0572252 * z,
  ];
  return linear.map((part) => {
    const curved = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, curved)) * 255);
  }) as unknown as Rgb;
}
