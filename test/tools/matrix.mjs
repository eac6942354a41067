// One line a tree: what works on it. Each tree is copied first; nothing is written to it.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
    const drawn = pictures ? run(copy, ["screenshot", "--all", "--check"]) : undefined;
    const lint = run(copy, ["lint", "--all"]);
    return {
      tree: basename(tree),
      tests: tests?.summary?.total ?? 0,
      passed: tests?.summary?.passed ?? 0,
      pictures: drawn && share(drawn.images),
      avatars: share(avatars?.images),
      lintErrors: lint?.summary?.errors,
      ...draft(copy, folder),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new integration of two payloads and an event header, and its removal. */
function draft(copy, folder) {
  for (const [name, body] of Object.entries(PAYLOADS))
    writeFileSync(join(folder, name), JSON.stringify(body, null, 2));
  const state = () =>
    `${git(copy, ["status", "--porcelain", "-uall"])}${git(copy, ["diff", "HEAD"])}`;
  const before = state();
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
  const made = run(copy, ["new", "quayside", ...options, ...payloads, "--no-screenshot", "--yes"]);
  const tested = run(copy, ["test", "quayside"]);
  const linted = run(copy, ["lint", "quayside"]);
  // Nothing was drawn.
  const errors = linted?.problems?.filter(
    ({ severity, rule }) => severity === "error" && rule !== "screenshot-image",
  );
  const { total = 0, passed = 0 } = tested?.summary ?? {};
  run(copy, ["remove", "quayside", "--yes"]);
  return {
    draft: made?.created && total > 0 && total === passed ? "passes" : `${passed} of ${total}`,
    draftErrors: errors?.map(({ rule }) => rule),
    removed: state() === before,
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

function git(copy, words) {
  return execFileSync("git", ["-C", copy, ...words], { encoding: "utf8", maxBuffer: 1 << 30 });
}

/** How many pictures could be made, of how many that were asked for. */
function share(images = []) {
  const made = images.filter(({ status }) => status !== "failed" && status !== "skipped").length;
  return `${made} of ${images.length}`;
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
