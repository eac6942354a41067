// Draws every picture of a Connect tree anew, on a copy, and says how far each is from the one the tree has.
//
//   npm run fidelity -- -C <tree> [--theme builtin|checkout] [--sheet <file>]
//
// The trees' pictures are older than their style sheets. ERA says what the sheets had when the pictures were made;
// with the checkout's look it is added to the copy, so that what is measured is our work and not the trees' age.
//
// Worst first. A contact sheet shows them in the same order, the tree's picture beside ours.
import { appendFile, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { pictureTree, run } from "./picture-tree.mjs";

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    theme: { type: "string", default: "checkout" },
    sheet: { type: "string", default: "fidelity.png" },
  },
});
if (values.checkout === undefined) {
  throw new Error("Say which tree holds the pictures: -C <tree>.");
}

/** See docs/pictures.md. What the last two rules are about has other names in younger trees, which they leave alone. */
const ERA = `
:root { --color-background: hsl(0deg 0% 94%); }
.messagebox-content .message_time { font-size: 12px; font-weight: 400; opacity: 0.75; letter-spacing: normal; white-space: nowrap; }
.message_row .messagebox .messagebox-content:has(> .message_time) { grid-template-columns: 46px minmax(0, 1fr) 52px 8px 48px; }
`;

/** Pictures of another width were made by older versions of Connect's tool. */
const WIDTH = 1520;

function pixels(bytes) {
  return sharp(bytes)
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** The mean distance of a channel over what both pictures cover, from 0 to 255. */
function meanError(reference, drawn) {
  const length = Math.min(reference.data.length, drawn.data.length);
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    sum += Math.abs(reference.data[index] - drawn.data[index]);
  }
  return sum / length;
}

async function compare(image, original, copy) {
  const before = await readFile(join(original, image.path)).catch(() => undefined);
  const after = await readFile(join(copy, image.path)).catch(() => undefined);
  if (before === undefined || after === undefined) return undefined;
  const [reference, drawn] = await Promise.all([pixels(before), pixels(after)]);
  if (reference.info.width !== WIDTH) return undefined;
  return {
    name: image.path.split("/").slice(-2).join("/"),
    higher: drawn.info.height - reference.info.height,
    error: meanError(reference, drawn),
    bytes: [before.length, after.length],
    pictures: [before, after],
  };
}

const CELL = { width: 380, height: 150, gap: 10, pairs: 2 };

/** Pairs in rows; long pictures show their upper part. */
async function contactSheet(pairs) {
  const step = { x: CELL.width + CELL.gap, y: CELL.height + CELL.gap };
  const layers = await Promise.all(
    pairs.flatMap(({ pictures }, index) =>
      pictures.map(async (picture, side) => ({
        input: await sharp(picture)
          .resize({ width: CELL.width })
          .extend({ bottom: CELL.height, background: "#808080" })
          .toBuffer()
          .then((scaled) =>
            sharp(scaled)
              .extract({ left: 0, top: 0, width: CELL.width, height: CELL.height })
              .toBuffer(),
          ),
        left: CELL.gap + ((index % CELL.pairs) * 2 + side) * step.x,
        top: CELL.gap + Math.floor(index / CELL.pairs) * step.y,
      })),
    ),
  );
  const rows = Math.ceil(pairs.length / CELL.pairs);
  return sharp({
    create: {
      width: CELL.gap + CELL.pairs * 2 * step.x,
      height: CELL.gap + rows * step.y,
      channels: 3,
      background: "#808080",
    },
  })
    .composite(layers)
    .png();
}

const folder = await pictureTree(values.checkout);
try {
  if (values.theme === "checkout") await appendFile(join(folder, "web/styles/print.css"), ERA);
  const { images, seconds } = await run(folder, "screenshot", "--all", "--theme", values.theme);
  const drawn = images.filter(({ status }) => status === "written" || status === "unchanged");
  const compared = await Promise.all(
    drawn.map((image) => compare(image, resolve(values.checkout), folder)),
  );
  const pairs = compared.filter((pair) => pair !== undefined).sort((a, b) => b.error - a.error);
  for (const { name, higher, error, bytes } of pairs) {
    const size = higher === 0 ? "same size" : `${higher > 0 ? "+" : ""}${higher} px`;
    const ratio = Math.round((100 * bytes[1]) / bytes[0]);
    process.stdout.write(
      `${error.toFixed(2).padStart(6)}  ${size.padStart(9)}  ${String(ratio).padStart(3)} %  ${name}\n`,
    );
  }
  for (const { status, path, reason } of images) {
    if (status === "failed") process.stdout.write(`failed  ${path}: ${reason}\n`);
  }
  if (pairs.length > 0) {
    const exact = pairs.filter(({ higher }) => higher === 0).length;
    const median = pairs[Math.floor(pairs.length / 2)].error;
    const [before, after] = [0, 1].map((side) =>
      pairs.reduce((sum, { bytes }) => sum + bytes[side], 0),
    );
    await (await contactSheet(pairs)).toFile(values.sheet);
    process.stdout.write(
      `${pairs.length} pictures compared: ${exact} of the same height, median error ${median.toFixed(2)}, ` +
        `${Math.round((100 * after) / before)} % of the bytes; ${drawn.length} drawn in ${seconds.toFixed(1)} s\n` +
        `The contact sheet is ${values.sheet}\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
