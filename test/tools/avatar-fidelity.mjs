// Makes every avatar of a tree anew, on a copy, and says how far each is from the one the tree has.
//
//   npm run fidelity:avatars -- -C <tree>
//
// In decibels (peak signal-to-noise ratio), worst first; 40 and better looks the same.
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { pictureTree, removeAvatars, run } from "./picture-tree.mjs";

const { values } = parseArgs({ options: { checkout: { type: "string", short: "C" } } });
if (values.checkout === undefined) throw new Error("Say which tree holds the avatars: -C <tree>.");

const SAME = 40;
const AVATARS = "static/images/integrations/bot_avatars";
const LOGOS = "static/images/integrations/logos";

function pixels(bytes) {
  return sharp(bytes)
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

async function decibels(one, other) {
  const [a, b] = await Promise.all([pixels(one), pixels(other)]);
  if (a.data.length !== b.data.length) return undefined;
  let squares = 0;
  for (let at = 0; at < a.data.length; at += 1) squares += (a.data[at] - b.data[at]) ** 2;
  return squares === 0 ? Infinity : 10 * Math.log10((255 ** 2 * a.data.length) / squares);
}

const tree = resolve(values.checkout);
const folder = await pictureTree(tree);
try {
  await removeAvatars(folder);
  const { images } = await run(folder, "avatar", "--all");
  const rows = [];
  for (const { path, status, reason } of images) {
    if (status !== "written") {
      process.stdout.write(`${status}  ${path}: ${reason}\n`);
      continue;
    }
    const name = path.slice(AVATARS.length + 1, -".png".length);
    const existing = await readFile(join(tree, path)).catch(() => undefined);
    const svg = await readFile(join(tree, LOGOS, `${name}.svg`)).catch(() => undefined);
    const db = existing && (await decibels(await readFile(join(folder, path)), existing));
    if (db === undefined)
      process.stdout.write(`not compared  ${path}: none in the tree, or of another size\n`);
    else rows.push({ name, db, kind: svg ? "SVG" : "PNG" });
  }
  const statuses = images.map(({ status }) => status);
  const counted = [...new Set(statuses)]
    .map((status) => `${statuses.filter((one) => one === status).length} ${status}`)
    .join(", ");
  rows.sort((a, b) => a.db - b.db);
  for (const { name, db, kind } of rows)
    process.stdout.write(`${db.toFixed(1).padStart(8)}  ${kind}  ${name}\n`);
  process.stdout.write(`${images.length} avatars: ${counted}\n`);
  for (const kind of ["SVG", "PNG"]) {
    const of = rows.filter((row) => row.kind === kind);
    const same = of.filter(({ db }) => db >= SAME).length;
    process.stdout.write(
      `${same} of ${of.length} avatars of ${kind} logos at ${SAME} dB or better\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
