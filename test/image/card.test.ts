import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { damageOfCard } from "../../src/image/index.ts";

const GROUND = "#f0f0f0";
const MARGIN = 10;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  colour: string;
}

/** A card of 300 x 200 pixels with its margin: border, bar and paper, and what is painted over them. */
async function card(painted: Box[] = [], height = 220) {
  const boxes: Box[] = [
    { left: 10, top: 10, width: 300, height: 200, colour: "#cccccc" },
    { left: 12, top: 12, width: 296, height: 58, colour: "#e8d8ff" },
    { left: 12, top: 70, width: 296, height: 138, colour: "#ffffff" },
    ...painted,
  ];
  const layers = boxes.map(({ left, top, width, height: high, colour }) => ({
    input: { create: { width, height: high, channels: 3, background: colour } } as const,
    left,
    top,
  }));
  const ground = { width: 320, height: 220, channels: 3, background: GROUND } as const;
  const whole = await sharp({ create: ground }).composite(layers).removeAlpha().raw().toBuffer();
  return { pixels: whole.subarray(0, 320 * height * 3), width: 320, height };
}

const DAMAGES: [string, Box, string][] = [
  ["ink above it", box(100, 3, 4, 4), "Its margin at the top is not empty."],
  ["ink beside it", box(2, 100, 1, 1), "Its margin at the left is not empty."],
  ["ink behind it", box(315, 100, 1, 1), "Its margin at the right is not empty."],
  ["ink below it", box(100, 219, 1, 1), "Its margin at the bottom is not empty."],
  [
    "a gap in the left border",
    box(10, 100, 2, 9, GROUND),
    "Its border at the left or the right is not whole.",
  ],
  [
    "text over the right border",
    box(280, 100, 30, 2),
    "Its border at the left or the right is not whole.",
  ],
  [
    "text over the border at the bottom",
    box(100, 200, 30, 10),
    "Its border at the bottom is not whole.",
  ],
  ["no border at the top", box(10, 10, 300, 2, GROUND), "Its border at the top is not whole."],
  ["a bar that ends early", box(200, 12, 108, 58, "#ffffff"), "Its bar is not whole."],
  ["text at the very bottom", box(100, 200, 30, 8), "It is cut off at the bottom."],
];

function box(left: number, top: number, width: number, height: number, colour = "#000000"): Box {
  return { left, top, width, height, colour };
}

describe("damageOfCard", () => {
  it("finds nothing on a card with text, whatever the text", async () => {
    expect(damageOfCard(await card([box(40, 30, 90, 20), box(40, 90, 260, 90)]), MARGIN)).toBe(
      undefined,
    );
  });

  it.each(DAMAGES)("finds %s", async (_, painted, damage) => {
    expect(damageOfCard(await card([painted]), MARGIN)).toBe(damage);
  });

  it("finds a card that is cut off, and one that is not there", async () => {
    expect(damageOfCard(await card([], 205), MARGIN)).toBe(
      "Its margin at the bottom is not empty.",
    );
    expect(damageOfCard(await card([], 60), MARGIN)).toBe(
      "It is too small for a card with its margin.",
    );
    expect(damageOfCard(await card([box(0, 0, 320, 220, GROUND)]), MARGIN)).toBe(
      "Its border at the left or the right is not whole.",
    );
  });
});
