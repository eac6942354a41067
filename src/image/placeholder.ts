/** The logo an integration gets until somebody adds the real one: its initials on a coloured square. */
import { createHash } from "node:crypto";

const MARK = 'data-connect-webhook="placeholder"';

/** Letters as strokes in a box 8 wide and 12 high; a font would draw differently on every machine. */
const STROKES: Record<string, string> = {
  A: "M0 12 4 0 8 12M1.5 8h5",
  B: "M0 6h5a3 3 0 0 0 0-6H0v12h5a3 3 0 0 0 0-6",
  C: "M8 2.5A4.2 4.2 0 0 0 0 4v4a4.2 4.2 0 0 0 8 1.5",
  D: "M0 0v12h3.5a4.5 4.5 0 0 0 4.5-4.5v-3A4.5 4.5 0 0 0 3.5 0z",
  E: "M8 0H0v12h8M0 6h6",
  F: "M8 0H0v12M0 6h6",
  G: "M8 2.5A4.2 4.2 0 0 0 0 4v4a4 4 0 0 0 8 0V6.5H4.5",
  H: "M0 0v12M8 0v12M0 6h8",
  I: "M4 0v12M1.5 0h5M1.5 12h5",
  J: "M7 0v8.5a3.5 3.5 0 0 1-7 0",
  K: "M0 0v12M8 0 0 7M3 4.5 8 12",
  L: "M0 0v12h8",
  M: "M0 12V0l4 7 4-7v12",
  N: "M0 12V0l8 12V0",
  O: "M0 4a4 4 0 0 1 8 0v4a4 4 0 0 1-8 0z",
  P: "M0 12V0h4.5a3.5 3.5 0 0 1 0 7H0",
  Q: "M0 4a4 4 0 0 1 8 0v4a4 4 0 0 1-8 0zM5 9l3.5 3.5",
  R: "M0 12V0h4.5a3.5 3.5 0 0 1 0 7H0M4 7l4 5",
  S: "M8 2.5C8 1 6.5 0 4 0S0 1 0 3s1.5 2.5 4 3 4 1 4 3-1.5 3-4 3-4-1-4-2.5",
  T: "M0 0h8M4 0v12",
  U: "M0 0v8a4 4 0 0 0 8 0V0",
  V: "M0 0l4 12L8 0",
  W: "M0 0l1.8 12L4 4l2.2 8L8 0",
  X: "M0 0l8 12M8 0 0 12",
  Y: "M0 0l4 6.5L8 0M4 6.5V12",
  Z: "M0 0h8L0 12h8",
  "0": "M0 4a4 4 0 0 1 8 0v4a4 4 0 0 1-8 0zM2 10l4-8",
  "1": "M1.5 3 4.5 0v12M1.5 12h6",
  "2": "M0 3.5a4 3.5 0 0 1 8 0C8 6 0 9 0 12h8",
  "3": "M0 0h8L4 5a3.5 3.5 0 1 1-4 5",
  "4": "M6 12V0L0 8.5h8",
  "5": "M8 0H1L.5 5.5C5 4 8 5.5 8 8.2S6 12 4 12 .5 11 0 9.5",
  "6": "M7 0C3 2 0 5 0 8.2a4 3.8 0 1 0 1-2.7",
  "7": "M0 0h8L3 12",
  "8": "M4 5.5a3.2 2.75 0 1 1 .01 0zM4 5.5a4 3.25 0 1 0 .01 0z",
  "9": "M1 12c4-2 7-5 7-8.2A4 3.8 0 1 0 7 6.5",
};

/** Drawn where a name has no letter we can draw. */
const RING = "M0 6a4 4 0 1 1 8 0 4 4 0 1 1-8 0z";

/**
 * Draws a placeholder logo: plain, square, the same for the same input, and recognised by `isPlaceholder`.
 * @param displayName The name whose initials it shows, such as `Acme Deploy`.
 * @param seed What chooses its colour; the integration's name.
 */
export function placeholderLogo(displayName: string, seed: string): string {
  const strokes = initials(displayName).map((letter) => STROKES[letter] ?? RING);
  const shapes = strokes.length === 0 ? [RING] : strokes;
  const scale = shapes.length === 1 ? 10 : 7.5;
  const gap = 5;
  const width = (shapes.length * 8 + (shapes.length - 1) * gap) * scale;
  const paths = shapes.map((path, index) => {
    const x = (256 - width) / 2 + index * (8 + gap) * scale;
    const y = (256 - 12 * scale) / 2;
    return `    <path transform="translate(${x} ${y}) scale(${scale})" d="${path}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256" ${MARK}>`,
    `  <rect width="256" height="256" rx="48" fill="${colourOf(seed)}"/>`,
    `  <g fill="none" stroke="#fff" stroke-width="${round(18 / scale)}" stroke-linecap="round" stroke-linejoin="round">`,
    ...paths,
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Whether a logo is a placeholder that `placeholderLogo` drew. */
export function isPlaceholder(logo: Uint8Array): boolean {
  return Buffer.from(logo.subarray(0, 400)).toString("latin1").includes(MARK);
}

/** The first letters of the first two words, as letters without accents. */
function initials(name: string): string[] {
  const words =
    name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 2).map((word) => [...word.toUpperCase()][0] ?? "");
}

/** A colour dark enough for white letters. */
function colourOf(seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  const hue = Math.round((digest.readUInt16BE(0) / 0xffff) * 359);
  return `hsl(${hue}, 45%, 42%)`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
