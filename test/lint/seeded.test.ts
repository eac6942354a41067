/**
 * Seeded defects: the workspace's own example is broken in one way at a time, and the right rule must say so.
 * `npm run seeded -- -C <copy>` does the same on a real tree.
 */
import { expect, it } from "vitest";
import { rules } from "../../src/lint/index.ts";
import { workspaceForFile } from "../support/tree.ts";
import { BrokenTree } from "./broken-tree.ts";
import { defects } from "./defects.ts";
import { judge } from "./judge.ts";

/** What the workspace's example gives no occasion for. */
const elsewhere = new Set([
  "event-used: an event that nothing sends",
  "fixture-headers: the event of a fixture is not declared",
  "doc-links: a help page that is not there",
]);
/** Rules about more than one integration, or about git; their own cases show them. */
const notSeeded = [
  "package-tracked",
  "registry-order",
  "setup-message",
  "event-unknown",
  "test-directory",
];

/** One workspace for all: each defect is taken back. */
const here = workspaceForFile();

it.each(
  defects.map((defect) => [defect.rule, defect.what, defect] as const),
)("%s: %s", async (rule, what, defect) => {
  const tree = await BrokenTree.open(here, "harbourline");
  expect(await judge(tree, defect)).toBe(
    elsewhere.has(`${rule}: ${what}`) ? "does not apply" : "caught",
  );
});

it("covers the rules", () => {
  const seeded = new Set(defects.map(({ rule }) => rule));
  const missing = rules.map(({ id }) => id).filter((id) => !seeded.has(id));
  expect(missing.sort()).toEqual(notSeeded.sort());
});
