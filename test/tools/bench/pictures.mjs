// How fast pictures and avatars are made, and how large they are.
//
//   node test/tools/bench/pictures.mjs -C <tree>
//
// The ratios are the numbers to look at: they say the same on a slow and on a fast machine.
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { pictureTree, removeAvatars, run } from "../picture-tree.mjs";

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    theme: { type: "string", default: "checkout" },
    single: { type: "string", default: "github" },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree holds the pictures: -C <tree>.");

/** Pictures of another width were made by older versions of Connect's tool, and say nothing about size. */
const WIDTH = 1520;

const line = (title, value) => process.stdout.write(`${title.padEnd(52)}${value}\n`);
const drawn = (images) => images.filter(({ width }) => width > 0);

async function bytesRatio(images, tree) {
  let [ours, theirs] = [0, 0];
  for (const { path, bytes } of images) {
    const before = await readFile(join(tree, path)).catch(() => undefined);
    if (before === undefined || (await sharp(before).metadata()).width !== WIDTH) continue;
    ours += bytes;
    theirs += before.length;
  }
  return ours / theirs;
}

const tree = resolve(values.checkout);
const folder = await pictureTree(tree);
try {
  const theme = ["--theme", values.theme];
  await run(folder, "screenshot", values.single, ...theme); // The snapshot and the browser are there from now on.
  const { seconds: one } = await run(folder, "screenshot", values.single, ...theme);
  const { images, seconds } = await run(folder, "screenshot", "--all", ...theme);
  const count = drawn(images).length;
  line("pictures a second, whole process", (count / seconds).toFixed(1));
  line(
    "one process and browser a picture, to all at once",
    `${(one / (seconds / count)).toFixed(1)} times as long`,
  );
  line(
    "bytes, to the tree's own pictures",
    `${Math.round(100 * (await bytesRatio(drawn(images), tree)))} %`,
  );
  const check = await run(folder, "screenshot", "--all", "--check", ...theme);
  line(
    "pictures checked a second, whole process",
    (check.images.length / check.seconds).toFixed(1),
  );
  await removeAvatars(folder);
  const avatars = await run(folder, "avatar", "--all");
  line(
    "avatars a second, whole process",
    (drawn(avatars.images).length / avatars.seconds).toFixed(1),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
