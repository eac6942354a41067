/** What follows once a new integration is in the tree: its tests are run, and its picture is drawn. */
import { findIntegration, openCheckout } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine, TestRun } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { applyChanges, type FileChange } from "../../host/changes.ts";
import type { Progress } from "../../ui/output.ts";
import type { Context } from "../define.ts";

export interface Finished {
  /** Undefined when the tests could not be run. */
  readonly tests: TestRun | undefined;
  /** The pictures that were written. */
  readonly pictures: readonly FileChange[];
}

/**
 * Runs the new tests and draws the picture. A machine that cannot do one of them is told about, and is no reason to
 * fail: the integration is complete without.
 * @param root The tree's absolute folder.
 * @param name The new integration.
 * @param draws Whether a picture is wanted.
 */
export async function finish(
  root: string,
  name: string,
  draws: boolean,
  context: Context,
): Promise<Finished> {
  const checkout = await openCheckout(root);
  const integration = findIntegration(checkout, name);
  const { openEngine } = await import("../../engine/index.ts");
  const { signal } = context;
  const progress = context.out.progress("Starting Python");
  const onProgress = (message: string): void => progress.update(message);
  const engine = await tolerate(
    () => openEngine({ root, targets: [integration], signal, onProgress }),
    (reason) => `The new tests were not run, and no picture was drawn: ${reason}`,
    context,
  );
  if (!engine) {
    progress.stop();
    return { tests: undefined, pictures: [] };
  }
  try {
    progress.update("Running the new tests");
    const tests = await engine.runTests({ names: [name] });
    const pictures = draws ? await draw({ checkout, integration, engine, progress, context }) : [];
    return { tests, pictures };
  } finally {
    progress.stop();
    await engine.close();
  }
}

interface Drawing {
  checkout: Checkout;
  integration: Integration;
  engine: Engine;
  progress: Progress;
  context: Context;
}

async function draw(drawing: Drawing): Promise<readonly FileChange[]> {
  const { integration, checkout, context } = drawing;
  const pictures = await tolerate(
    () => drawPictures(drawing),
    (reason) =>
      `No picture was drawn: ${reason} Later, connect-webhook screenshot --integration ${integration.name} draws it.`,
    context,
  );
  await applyChanges(checkout.root, pictures ?? []);
  return pictures ?? [];
}

async function drawPictures({ checkout, integration, engine, progress, context }: Drawing) {
  const [{ openBrowser }, { makeScreenshots }] = await Promise.all([
    import("../../browser/index.ts"),
    import("../../preview/index.ts"),
  ]);
  progress.update("Drawing the picture");
  const { signal } = context;
  const onProgress = (message: string): void => progress.update(message);
  const browser = await openBrowser({ signal, onProgress });
  try {
    const targets = integration.screenshots.map((entry) => ({ integration, entry }));
    const made = await makeScreenshots({ checkout, engine, browser, targets, signal });
    for (const { result } of made) {
      if (result.status === "failed") context.out.warn(`No picture was drawn: ${result.reason}`);
    }
    return made.flatMap(({ change }) => (change ? [change] : []));
  } finally {
    await browser.close();
  }
}

/** Does something that the machine or the tree may refuse; then it warns, and gives undefined. */
async function tolerate<T>(
  work: () => Promise<T>,
  warning: (reason: string) => string,
  { out, signal }: Context,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    out.warn(warning(error.message));
    if (error.hint !== undefined) out.say(`  ${error.hint}`);
    return undefined;
  }
}
