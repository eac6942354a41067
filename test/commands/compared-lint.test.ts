/** Findings of a base are kept: its tree is asked for once, and again only where something else is asked. */
import { beforeEach, expect, it } from "vitest";
import { changedFiles } from "../../src/checkout/changed.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import { type Comparison, comparedWithBase } from "../../src/commands/compared-lint.ts";
import { lint } from "../../src/lint/index.ts";
import { git } from "../support/git.ts";
import { edit, FOLDER, REGISTRY, repository, VIEW } from "../support/review.ts";
import { temporaryDirectory } from "../support/tree.ts";

beforeEach(() => {
  process.env.CONNECT_WEBHOOK_CACHE = temporaryDirectory();
});

const cache = { program: "this", repairs: false };

/** A branch with one finding that its base has too, and a new one; compares it, and counts how often the base is read. */
async function branch() {
  const root = repository();
  edit(
    root,
    `${FOLDER}/doc.md`,
    (text) => `${text}\n[An old mistake](/integrations/doc/nothing)\n`,
  );
  git(root, "commit", "-qam", "an old mistake");
  git(root, "checkout", "-qb", "work");
  edit(root, VIEW, (text) => `${text}\n\ndef new_mistake() -> None:\n    pass\n`);
  const base = repositoryAt(root);
  let readings = 0;
  const compare = async (options: Partial<Comparison> = {}, isReadable = true) => {
    const tree = await openCheckout(root);
    const changed = await changedFiles(root, "main");
    const names = ["harbourline"];
    const now = await lint(tree, { names, branch: changed });
    const baseTree = async () => {
      readings += 1;
      return isReadable ? openCheckout(base) : undefined;
    };
    const { problems } = await comparedWithBase(tree, now, baseTree, {
      ...{ branch: changed, cache },
      ...options,
    });
    const told = problems.filter(({ message }) => /nothing|new_mistake/.test(message));
    return told.map(({ isNew }) => isNew);
  };
  return { root, compare, readings: () => readings };
}

/** Its main branch, in a folder of its own. */
function repositoryAt(root: string): string {
  const copy = temporaryDirectory();
  git(copy, "clone", "-q", "--branch", "main", root, "tree");
  return `${copy}/tree`;
}

it("reads a base once, and says the same again", async () => {
  const { root, compare, readings } = await branch();
  const first = await compare();
  expect(first).toContain(true);
  expect(first).toContain(false);
  expect(await compare()).toEqual(first);
  expect(readings()).toBe(1);
  edit(root, VIEW, (text) => `${text}\n\ndef another_new_mistake() -> None:\n    pass\n`);
  expect(await compare()).toHaveLength(first.length + 1);
  expect(readings()).toBe(1);
});

it("reads it again for other settings, for another program, and without a cache", async () => {
  const { compare, readings } = await branch();
  const first = await compare();
  const severities = new Map([["doc-links", "warning"]] as const);
  expect(await compare({ settings: { severities, exceptions: [] } })).toEqual(first);
  expect(await compare({ cache: { ...cache, program: "another" } })).toEqual(first);
  expect(await compare({ cache: undefined })).toEqual(first);
  expect(readings()).toBe(4);
});

it("keeps nothing of a base that cannot be read", async () => {
  const { compare, readings } = await branch();
  expect(await compare({}, false)).not.toContain(false);
  expect(await compare()).toContain(false);
  expect(readings()).toBe(2);
});

it("reads it again after the base has moved", async () => {
  const { root, compare, readings } = await branch();
  await compare();
  edit(root, REGISTRY, (text) => `${text}\n# A word.\n`);
  git(root, "commit", "-qam", "a word");
  git(root, "branch", "-f", "main");
  await compare();
  expect(readings()).toBe(2);
});
