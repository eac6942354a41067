// One line a tree: what works on it. Each tree is copied first; nothing is written to it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../bin/connect-webhook.js", import.meta.url));
const PAYLOADS = {
  "crate_loaded.json": {
    crate: { id: 41, title: "Lamp oil", url: "https://quayside.example/crates/41" },
    user: { name: "Ada Berg" },
  },
  "crate_lost.json": {
    crate: {
      id: 42,
      title: "Rope",
      url: "https://quayside.example/crates/42",
      note: "Fell overboard.",
    },
    user: { name: "Ada Berg" },
  },
};

/**
 * Measures trees and prints a table.
 * @param trees Their folders.
 * @param options `pictures`: whether documentation pictures are drawn, which takes most of the time.
 * @returns Whether everything worked on all of them.
 */
export function printMatrix(trees, { pictures, json, show }) {
  const rows = trees.map((tree) => {
    const row = measure(resolve(tree), pictures);
    if (!json) show(`${row.tree}: ${JSON.stringify(row)}`);
    return row;
  });
  if (json) show(JSON.stringify({ version: 1, trees: rows }, null, 2));
  else show(table(rows));
  return rows.every((row) => row.passed === row.tests && row.draft === "passes" && row.removed);
}

function measure(tree, pictures) {
  const folder = mkdtempSync(join(tmpdir(), "connect-webhook-matrix-"));
  const copy = join(folder, basename(tree));
  try {
    cpSync(tree, copy, { recursive: true, verbatimSymlinks: true, mode: 2 });
    const tests = run(copy, ["test", "--all"]);
    const avatars = run(copy, ["avatar", "--all", "--check"]);
    const lint = run(copy, ["lint", "--all"]);
    const drawn = pictures ? run(copy, ["screenshot", "--all"]) : undefined;
    return {
      tree: basename(tree),
      tests: tests?.summary?.total ?? 0,
      passed: tests?.summary?.passed ?? 0,
      failures: failuresOf(tests),
      pictures: drawn && share(drawn.images),
      notDrawn: drawn?.images?.filter(isNotMade).map(({ path, reason }) => `${path}: ${reason}`),
      avatars: share(avatars?.images),
      lintErrors: lint?.summary?.errors,
      ...draft(copy, folder, pictures),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new integration of two payloads and an event header, and its removal. */
function draft(copy, folder, pictures) {
  for (const [name, body] of Object.entries(PAYLOADS))
    writeFileSync(join(folder, name), JSON.stringify(body, null, 2));
  const before = listing(copy);
  const payloads = Object.keys(PAYLOADS).flatMap((name) => ["--payload", join(folder, name)]);
  const category =
    run(copy, ["list"])?.integrations?.flatMap(({ categories }) => categories)[0] ?? "misc";
  const options = [
    "--display-name",
    "Quayside",
    "--category",
    category,
    "--event-header",
    "X-Quayside-Event",
  ];
  const picture = pictures ? [] : ["--no-screenshot"];
  const made = run(copy, ["new", "quayside", ...options, ...payloads, ...picture, "--yes"]);
  const tested = run(copy, ["test", "quayside"]);
  const linted = run(copy, ["lint", "quayside"]);
  const errors = linted?.problems?.filter(
    ({ severity, rule }) => severity === "error" && (pictures || rule !== "screenshot-image"),
  );
  const { total = 0, passed = 0 } = tested?.summary ?? {};
  run(copy, ["remove", "quayside", "--yes"]);
  return {
    draft: made?.created && total > 0 && total === passed ? "passes" : `${passed} of ${total}`,
    draftErrors: errors?.map(({ rule }) => rule),
    ...restored(before, listing(copy)),
  };
}

/** What a command reports. */
function run(copy, words) {
  const { stdout } = spawnSync(
    process.execPath,
    [PROGRAM, "-C", copy, "--json", "--no-input", ...words],
    {
      encoding: "utf8",
      maxBuffer: 1 << 30,
    },
  );
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Every path below a folder, ignored ones too, with its kind, mode and contents. */
function listing(root, below = "", found = new Map()) {
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = below === "" ? name : `${below}/${name}`;
    const file = join(root, path);
    const stat = lstatSync(file);
    const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
    if (stat.isDirectory()) {
      found.set(path, `folder ${stat.mode}`);
      listing(root, path, found);
    } else if (stat.isSymbolicLink()) found.set(path, `link ${readlinkSync(file)}`);
    else found.set(path, `file ${stat.mode} ${hash(readFileSync(file))}`);
  }
  return found;
}

/** How many paths were compared, and which differ. */
function restored(before, after) {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const different = paths.filter((path) => before.get(path) !== after.get(path));
  return {
    removed: different.length === 0,
    paths: paths.length,
    different: different.slice(0, 20),
  };
}

function failuresOf(tests) {
  const all = tests?.integrations?.flatMap((integration) => integration.tests) ?? [];
  return all
    .filter(({ status }) => status === "failed")
    .map(({ id, error }) => `${id}: ${error?.type}: ${error?.message}`.slice(0, 400));
}

const isNotMade = ({ status }) => status === "failed" || status === "skipped";

/** How many pictures could be made, of how many that were asked for. */
function share(images = []) {
  const made = images.filter((image) => !isNotMade(image)).length;
  const skipped = images.filter(({ status }) => status === "skipped").length;
  return `${made} of ${images.length}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function table(rows) {
  const titles = [
    "tree",
    "tests",
    "pass",
    "pictures",
    "avatars",
    "lint errors",
    "draft",
    "its errors",
    "remove restores",
  ];
  const lines = rows.map((row) => [
    row.tree,
    row.tests,
    row.passed,
    row.pictures ?? "",
    row.avatars,
    row.lintErrors ?? "",
    row.draft,
    row.draftErrors?.join(" ") || "none",
    row.removed ? "yes" : "no",
  ]);
  return [titles, titles.map(() => "---"), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
