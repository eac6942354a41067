/** Checks the pictures that a branch can have made stale, and tells those that its base has in no better order. */
import { type ChangedFiles, changedFiles } from "../../checkout/changed.ts";
import type { Checkout } from "../../checkout/model.ts";
import { reachedBy, touchedIntegrations } from "../../checkout/reach.ts";
import type { ExitCode } from "../../errors.ts";
import {
  type ImageResult,
  otherPictures,
  type Theme,
  type ThemeName,
} from "../../preview/index.ts";
import { openBase } from "../base.ts";
import type { Context } from "../define.ts";
import { BAD, finishImages } from "../reporters/images.ts";
import { themeFor } from "../theme.ts";
import { picturesOf, type SelectedPictures } from "./targets.ts";
import { checkResults, compareStale } from "./work.ts";

export interface ChangedOptions {
  /** A branch, tag or commit; the tree's main branch when left out. */
  readonly base: string | undefined;
  readonly theme: ThemeName | undefined;
  /** Where to write comparisons of what is newly stale. */
  readonly diff: string | undefined;
}

/**
 * Checks the pictures of the integrations that the branch touches.
 * @returns 1 when one is missing, stale or failed that is not so on the base.
 * @throws UserError `no-git`, `unknown-base`.
 */
export async function checkChanged(
  { base, theme: wanted, diff }: ChangedOptions,
  context: Context,
): Promise<ExitCode> {
  const { out } = context;
  const checkout = await context.checkout();
  const branch = await changedFiles(checkout.root, base);
  const { targets, without } = await picturesTouched(checkout, branch);
  if (targets.length + without.length === 0) {
    out.say("The branch touches no integration that has a picture.");
  }
  const theme = await themeFor(checkout, wanted, out);
  const results = await checkResults(targets, theme, context);
  const all = [...results, ...without.map(({ result }) => result)];
  const bad = all.filter(({ status }) => BAD.includes(status));
  const before = await onBase(bad, checkout, branch, theme, context);
  const judged = all.map((result) =>
    bad.includes(result) ? { ...result, isNew: isNew(result, before, branch) } : result,
  );
  await compareStale(targets, judged, theme, diff, context);
  const images = judged.map((result) => ({ result }));
  return finishImages(images, checkout.root, out);
}

/** The pictures of what the branch touches, or reaches from one integration's folder to another's. */
async function picturesTouched(
  checkout: Checkout,
  branch: ChangedFiles,
): Promise<SelectedPictures> {
  const names = new Set(await touchedIntegrations(checkout, branch));
  // The library reaches all of them: what a change of it does to pictures, `--all` tells.
  const inFolders = [...branch.touched].filter((path) => path.startsWith("zerver/webhooks/"));
  const reached = new Set(await reachedBy(checkout, inFolders));
  const webhooks = checkout.integrations.filter(
    (integration) => names.has(integration.name) || reached.has(integration),
  );
  const others = otherPictures(checkout).filter(({ entry, messageFile }) =>
    [entry.imagePath, messageFile].some((path) => branch.touched.has(path)),
  );
  return picturesOf(webhooks, others);
}

/**
 * What is to be said of the base's pictures, by their paths there. Empty where there is no base to open.
 * @param theme The tree's: the files of the base are not all there, and a theme of fewer files is another one.
 */
async function onBase(
  bad: readonly ImageResult[],
  checkout: Checkout,
  branch: ChangedFiles,
  theme: Theme,
  context: Context,
): Promise<ReadonlyMap<string, ImageResult>> {
  if (bad.length === 0) return new Map();
  const paths = new Set(bad.map(({ path }) => formerPath(path, branch)));
  const base = await openBase(checkout.root, branch.base);
  try {
    for (const note of base.notes) context.out.warn(note);
    const tree = base.checkout;
    if (!tree) return new Map();
    const { targets, without } = picturesOf(tree.integrations, otherPictures(tree));
    const asked = targets.filter(({ entry }) => paths.has(entry.imagePath));
    const there = { ...context, checkout: async () => tree };
    const results = await checkResults(asked, theme, there);
    const all = [...results, ...without.map(({ result }) => result)];
    return new Map(all.map((result) => [result.path, result]));
  } finally {
    await base.release();
  }
}

/** Whether the branch is to blame. Where it changed the picture itself, another reason is another mistake. */
function isNew(
  { path, status, reason }: ImageResult,
  before: ReadonlyMap<string, ImageResult>,
  branch: ChangedFiles,
): boolean {
  const former = before.get(formerPath(path, branch));
  if (former?.status !== status) return true;
  return branch.touched.has(path) && former.reason !== reason;
}

const formerPath = (path: string, { renamed }: ChangedFiles): string => renamed.get(path) ?? path;
