// Draws every picture of a Connect tree in several ways, on a copy, and says which of them differ in a byte.
//
//   npm run pictures:same -- -C <tree> [--theme builtin|checkout] [--no-alone]
//
// A picture is to be the same whoever draws it, wherever and beside what. The first run is what the others are held
// against; pictures that it could not draw are counted, not compared.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pictureTree, programPath } from "./picture-tree.mjs";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    checkout: { type: "string", short: "C" },
    theme: { type: "string" },
    alone: { type: "boolean", default: true },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to draw: -C <tree>.");

const tree = await pictureTree(values.checkout);
const out = await mkdtemp(join(tmpdir(), "connect-webhook-same-"));
const theme = values.theme === undefined ? [] : ["--theme", values.theme];
let runs = 0;

/** Draws pictures below a new folder. `before` is put in front of the command. */
function draw(words, { env = {}, before = [] } = {}) {
  runs += 1;
  const folder = join(out, String(runs));
  const command = [process.execPath, programPath, "-C", tree, "screenshot", ...words, ...theme];
  const [file, ...args] = [...before, ...command, "--out", folder, "--json"];
  const options = { encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, ...env } };
  const { stdout, stderr } = spawnSync(file, args, options);
  const { images, error } = JSON.parse(stdout || "{}");
  if (images === undefined) throw new Error(error?.message ?? stderr);
  return { folder, images };
}

const wasDrawn = ({ status }) => status === "written" || status === "unchanged";
const first = draw(["--all"]);
const drawn = first.images.filter(wasDrawn);
const refused = first.images.filter((image) => !wasDrawn(image) && image.status !== "skipped");
const names = [...new Set(drawn.map(({ integration }) => integration))];

/** The bytes that a run has drawn; a picture that came out as the tree has it is not written anew. */
async function bytesOf({ folder, images }, { path }) {
  const image = images.find((one) => one.path === path);
  if (image === undefined || !wasDrawn(image)) return undefined;
  return readFile(join(image.status === "unchanged" ? tree : folder, path));
}

/** The paths of the pictures of a run that are not as in the first one. */
async function differing(run, images = drawn) {
  const found = [];
  for (const image of images) {
    const [before, now] = await Promise.all([bytesOf(first, image), bytesOf(run, image)]);
    if (before === undefined || now === undefined || !before.equals(now)) found.push(image.path);
  }
  return found;
}

function report(way, compared, paths) {
  process.stdout.write(`${way}: ${paths.length} of ${compared} differ ${paths.join(" ")}\n`);
  if (paths.length > 0) process.exitCode = 1;
}

try {
  const skipped = first.images.length - drawn.length - refused.length;
  process.stdout.write(`${drawn.length} drawn, ${refused.length} refused, ${skipped} skipped\n`);
  report("again", drawn.length, await differing(draw(["--all"])));
  const home = await mkdtemp(join(out, "home-"));
  const elsewhere = {
    TZ: "Pacific/Kiritimati",
    LANG: "ja_JP.UTF-8",
    LC_ALL: "ja_JP.UTF-8",
    HOME: home,
  };
  report(
    "other TZ, LANG and HOME",
    drawn.length,
    await differing(draw(["--all"], { env: elsewhere })),
  );
  report("the other way round", drawn.length, await differing(draw(names.toReversed())));
  if (availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0) {
    const oneCore = draw(["--all"], { before: ["taskset", "-c", "0"] });
    report("on one core, by one browser", drawn.length, await differing(oneCore));
  } else process.stdout.write("on one core: not tried, taskset is needed and a second core\n");
  if (values.alone) {
    const paths = [];
    for (const name of names) {
      const own = drawn.filter(({ integration }) => integration === name);
      paths.push(...(await differing(draw([name]), own)));
    }
    report("each integration alone", drawn.length, paths);
  }
} finally {
  await rm(tree, { recursive: true });
  await rm(out, { recursive: true });
}
