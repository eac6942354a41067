/** What follows once a new integration is in the tree: its tests are run, and its picture is drawn. */

import type { Browser } from "../../browser/index.ts";
import { findIntegration, openCheckout } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine, TestRun } from "../../engine/index.ts";
import { applyChanges, type FileChange } from "../../host/changes.ts";
import { shellCommand } from "../../host/shell-command.ts";
import type { ImageResult, PictureTarget } from "../../preview/index.ts";
import { printableLine } from "../../ui/steering.ts";
import type { Context } from "../define.ts";
import { startEngine } from "../engine.ts";
import { themeFor } from "../theme.ts";
import { tolerate } from "./tolerate.ts";

export interface Finished {
  /** Whether the new tests pass; undefined when they could not be run. */
  readonly passed: boolean | undefined;
  /** The pictures that were written. */
  readonly pictures: readonly FileChange[];
}

/** What was written, and the engine that has run its draft. */
export interface Written {
  /** The tree's absolute folder. */
  root: string;
  name: string;
  /** Path of its tests, relative to the root. */
  testsFile: string;
  engine: Engine;
}

/**
 * Runs the new tests and draws the picture, and says how it went. A machine that cannot do one of them is told about,
 * and is no reason to fail: the integration is complete without.
 * @param draws Whether a picture is wanted.
 */
export async function finish(
  { root, name, testsFile, engine }: Written,
  draws: boolean,
  context: Context,
): Promise<Finished> {
  // The engine has seen everything else before it was written.
  await engine.refresh({ edited: [testsFile] });
  const tests = await runAndSay(engine, root, name, context);
  const passed = tests.summary.failed === 0;
  if (!draws) return { passed, pictures: [] };
  const checkout = await openCheckout(root);
  const integration = findIntegration(checkout, name);
  return { passed, pictures: await draw({ checkout, integration, engine, context }) };
}

/** How an integration is in the tree that it was carried to. */
interface Carried {
  /** Undefined when its tests could not be run. */
  readonly tests: TestRun | undefined;
  /** Paths of the pictures that this tree would draw otherwise, or has not. */
  readonly stalePictures: readonly string[];
}

/**
 * Runs the tests of an integration that was carried to another tree, looks at its pictures, and says how it went.
 * @param root That tree's absolute folder.
 */
export async function finishExport(root: string, name: string, context: Context): Promise<Carried> {
  const checkout = await openCheckout(root);
  const integration = findIntegration(checkout, name);
  const engine = await tolerate(
    () => startEngine({ root, targets: [integration] }, context),
    (reason) => `The tests were not run: ${reason}`,
    context,
  );
  if (!engine) return { tests: undefined, stalePictures: [] };
  try {
    const tests = await runAndSay(engine, root, name, context);
    const found = await checkPictures({ checkout, integration, engine, context });
    return { tests, stalePictures: found.map(({ path }) => path) };
  } finally {
    await engine.close();
  }
}

/** The pictures that are not as this tree draws them. */
async function checkPictures(drawing: Drawing): Promise<readonly ImageResult[]> {
  const { checkout, integration, context } = drawing;
  const results = await tolerate(
    () => withProgress("Looking at the picture", context, () => resultsOf(drawing)),
    (reason) => `Whether its pictures are up to date is not known: ${reason}`,
    context,
  );
  const wrong = results?.filter(({ status }) => status !== "unchanged") ?? [];
  for (const { path, status, reason = "" } of wrong)
    context.out.warn(printableLine(`The picture ${path} is ${status}. ${reason}`.trim()));
  if (wrong.length > 0) {
    const words = ["-C", checkout.root, "screenshot", "--integration", integration.name];
    context.out.say(`  ${shellCommand("connect-webhook", ...words)}`);
  }
  return wrong;
}

async function resultsOf({ checkout, integration, engine, context }: Drawing) {
  const [{ openBrowser }, { checkScreenshots }] = await Promise.all([
    import("../../browser/index.ts"),
    import("../../preview/index.ts"),
  ]);
  const { signal, pools } = context;
  const theme = await themeFor(checkout, undefined, context.out);
  const targets = targetsOf(integration);
  let opened: Promise<Browser> | undefined;
  const browser = () => {
    opened ??= openBrowser({ signal, pool: pools?.browsers });
    return opened;
  };
  try {
    return await checkScreenshots({ checkout, targets, theme, engine, browser, signal });
  } finally {
    await opened?.then((one) => one.close()).catch(() => undefined);
  }
}

async function runAndSay(
  engine: Engine,
  root: string,
  name: string,
  context: Context,
): Promise<TestRun> {
  const tests = await withProgress("Running its tests", context, () =>
    engine.runTests({ names: [name] }),
  );
  await sayTests(tests, root, context);
  return tests;
}

async function withProgress<T>(
  text: string,
  { out }: Context,
  work: (onProgress: (message: string) => void) => Promise<T>,
): Promise<T> {
  const progress = out.progress(text);
  try {
    return await work((message) => progress.update(message));
  } finally {
    progress.stop();
  }
}

async function sayTests(tests: TestRun, root: string, { out }: Context): Promise<void> {
  const { total, failed } = tests.summary;
  if (failed === 0) {
    out.success(`Its ${total === 1 ? "test passes" : `${total} tests pass`}.`);
    return;
  }
  const { formatTestRun } = await import("../reporters/test.ts");
  out.say(await formatTestRun(tests, root, out));
}

interface Drawing {
  checkout: Checkout;
  integration: Integration;
  engine: Engine;
  context: Context;
}

function targetsOf(integration: Integration): PictureTarget[] {
  return integration.screenshots.map((entry) => ({ integration, entry }));
}

async function draw(drawing: Drawing): Promise<readonly FileChange[]> {
  const { integration, checkout, context } = drawing;
  const pictures = await tolerate(
    () =>
      withProgress("Drawing the picture", context, (onProgress) =>
        drawPictures(drawing, onProgress),
      ),
    (reason) =>
      `No picture was drawn: ${reason} Later, connect-webhook screenshot --integration ${integration.name} draws it.`,
    context,
  );
  await applyChanges(checkout.root, pictures ?? []);
  for (const { path } of pictures ?? [])
    context.out.success(`The picture is ${printableLine(path)}.`);
  return pictures ?? [];
}

async function drawPictures(
  { checkout, integration, engine, context }: Drawing,
  onProgress: (message: string) => void,
) {
  const [{ openBrowser }, { makeScreenshots }] = await Promise.all([
    import("../../browser/index.ts"),
    import("../../preview/index.ts"),
  ]);
  const { signal, pools } = context;
  const theme = await themeFor(checkout, undefined, context.out);
  const browser = await openBrowser({ signal, onProgress, pool: pools?.browsers });
  try {
    const targets = targetsOf(integration);
    const made = await makeScreenshots({ checkout, engine, browser, targets, theme, signal });
    for (const { result } of made) {
      if (result.status === "failed") context.out.warn(`No picture was drawn: ${result.reason}`);
    }
    return made.flatMap(({ change }) => (change ? [change] : []));
  } finally {
    await browser.close();
  }
}
