/** Whether a picture shows a whole card: a message with its bar and its border, and an empty margin around it. */
import type { Pixels } from "./png.ts";

/** Device pixels from the card's corners in which its edges are round. */
const CORNER = 24;

/** Device pixels from the card's edge to what is within its border. */
const BORDER = 4;

/** Bytes of a pixel. */
const RGB = 3;

/**
 * What is damaged of a picture of one message, by its pixels alone.
 * @param margin Device pixels of empty ground around the card.
 * @returns A sentence, or undefined for a whole card.
 */
export function damageOfCard(picture: Pixels, margin: number): string | undefined {
  const { width, height } = picture;
  const least = 2 * margin + 3 * CORNER;
  if (width < least || height < least) return "It is too small for a card with its margin.";
  return marginDamage(picture, margin) ?? borderDamage(picture, margin);
}

/** The margin has the one colour of the picture's corner. */
function marginDamage(picture: Pixels, margin: number): string | undefined {
  const { width, height } = picture;
  const ground = stretch(picture, 0);
  if (!isEven(ground)) return "Its margin at the top is not empty.";
  const side = ground.subarray(0, margin * RGB);
  for (let y = 0; y < height; y += 1) {
    if (y < margin || y >= height - margin) {
      const edge = y < margin ? "top" : "bottom";
      if (!stretch(picture, y).equals(ground)) return `Its margin at the ${edge} is not empty.`;
    }
    if (!stretch(picture, y, 0, margin).equals(side)) return "Its margin at the left is not empty.";
    if (!stretch(picture, y, width - margin).equals(side))
      return "Its margin at the right is not empty.";
  }
  return undefined;
}

/** The border goes round the card, and what is just within it at the top and the bottom is empty. */
function borderDamage(picture: Pixels, margin: number): string | undefined {
  const { width, height } = picture;
  const ground = stretch(picture, 0, 0, 1);
  const [right, bottom] = [width - 1 - margin, height - 1 - margin];
  for (let y = margin + CORNER; y < height - margin - CORNER; y += 1) {
    const left = stretch(picture, y, margin, margin + 1);
    if (left.equals(ground) || !left.equals(stretch(picture, y, right, right + 1)))
      return "Its border at the left or the right is not whole.";
  }
  const [from, to] = [margin + CORNER, right - CORNER];
  const within = (y: number): Buffer => stretch(picture, y, from, to);
  for (const [edge, y] of Object.entries({ top: margin, bottom })) {
    const border = within(y);
    if (!isEven(border) || border.subarray(0, RGB).equals(ground))
      return `Its border at the ${edge} is not whole.`;
  }
  // At its ends: letters with marks above them can reach the top between.
  const bar = margin + BORDER;
  const ends = [stretch(picture, bar, from, from + BORDER), stretch(picture, bar, to - BORDER, to)];
  if (!isEven(Buffer.concat(ends))) return "Its bar is not whole.";
  return isEven(within(bottom - BORDER)) ? undefined : "It is cut off at the bottom.";
}

/** The bytes of a part of a row. */
function stretch({ pixels, width }: Pixels, y: number, from = 0, to = width): Buffer {
  const row = y * width;
  return Buffer.from(pixels.buffer, pixels.byteOffset + (row + from) * RGB, (to - from) * RGB);
}

/** Whether all pixels have one colour: then each is like the one before it. */
function isEven(line: Buffer): boolean {
  return line.subarray(RGB).equals(line.subarray(0, -RGB));
}
