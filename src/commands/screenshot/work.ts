/** Draws or checks pictures, with progress; Python and Chromium are started when they are needed. */

import { type Browser, openBrowser } from "../../browser/index.ts";
import { ReusedEngine } from "../../engine/index.ts";
import { writeOutput } from "../../host/write.ts";
import {
  checkScreenshots,
  type Delivers,
  type ImageResult,
  type MadeImage,
  makeScreenshots,
  type PictureTarget,
  type Theme,
} from "../../preview/index.ts";
import { type Progress, withProgress } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { startEngine } from "../engine.ts";
import { comparisons } from "./diff.ts";

/** Reads the theme of the pictures, while other things start. */
type ReadTheme = () => Promise<Theme>;

/**
 * Draws the pictures.
 * @param diff Where to write comparisons with the pictures that are there now.
 */
export async function drawPictures(
  targets: readonly PictureTarget[],
  readTheme: ReadTheme,
  diff: string | undefined,
  context: Context,
): Promise<MadeImage[]> {
  if (targets.length === 0) return [];
  const tools = new PictureTools(targets, context);
  try {
    const [{ checkout, engine, browser }, theme] = await Promise.all([
      tools.everything(),
      readTheme(),
    ]);
    const { signal } = context;
    const onImage = tools.counter("drawn");
    const made = await makeScreenshots({
      checkout,
      engine,
      browser,
      targets,
      theme,
      signal,
      onImage,
    });
    if (diff !== undefined) await writeComparisons(made, diff, context);
    return made;
  } finally {
    await tools.close();
  }
}

/**
 * Checks the pictures; nothing in the tree changes.
 * @param diff Where to write comparisons of stale pictures with what would be drawn.
 */
export async function checkPictures(
  targets: readonly PictureTarget[],
  readTheme: ReadTheme,
  diff: string | undefined,
  context: Context,
): Promise<MadeImage[]> {
  const theme = await readTheme();
  const results = await checkResults(targets, theme, context);
  await compareStale(targets, results, theme, diff, context);
  return results.map((result) => ({ result }));
}

/**
 * Draws the pictures that are stale, and new as such, beside those that are there.
 * @param results Of the targets, in their order.
 * @param diff Where to write that; nothing is drawn without it.
 */
export async function compareStale(
  targets: readonly PictureTarget[],
  results: readonly ImageResult[],
  theme: Theme,
  diff: string | undefined,
  context: Context,
): Promise<void> {
  const isStale = ({ status, isNew }: ImageResult): boolean =>
    status === "stale" && isNew !== false;
  const stale = targets.filter((_, index) => results.slice(index, index + 1).some(isStale));
  if (diff === undefined || stale.length === 0) return;
  const drawn = await drawPictures(stale, async () => theme, undefined, context);
  await writeComparisons(drawn, diff, context);
}

/** What is to be said of each picture, in the order of the targets. */
export async function checkResults(
  targets: readonly PictureTarget[],
  theme: Theme,
  context: Context,
): Promise<ImageResult[]> {
  if (targets.length === 0) return [];
  const tools = new PictureTools(targets, context);
  try {
    return await checkScreenshots({
      checkout: await context.checkout(),
      targets,
      theme,
      engine: tools.engine,
      browser: () => tools.browser(),
      signal: context.signal,
      onImage: tools.counter("checked"),
    });
  } finally {
    await tools.close();
  }
}

async function writeComparisons(
  made: readonly MadeImage[],
  folder: string,
  { out }: Context,
): Promise<void> {
  const written = await comparisons(made, folder, writeOutput);
  out.say(`${count(written, "comparison")} written to ${printableLine(folder)}.`);
}

/** From so many pictures on a second process of the browser is worth its start. */
const MANY = 12;

/** What making pictures takes, started once and closed together. */
class PictureTools {
  readonly #targets: readonly PictureTarget[];
  readonly #context: Context;
  readonly #progress: Progress;
  readonly #engine = new ReusedEngine(() => this.#startEngine());
  #browser: Promise<Browser> | undefined;

  constructor(targets: readonly PictureTarget[], context: Context) {
    this.#targets = targets;
    this.#context = context;
    this.#progress = context.out.progress("Looking at the pictures");
  }

  /** Delivers through an engine that is opened by the first request. */
  readonly engine: Delivers = {
    deliver: async (request) => (await this.#engine.after()).deliver(request),
  };

  browser(): Promise<Browser> {
    this.#browser ??= openBrowser({
      signal: this.#context.signal,
      pool: this.#context.pools?.browsers,
      onProgress: this.#say,
      processes: this.#targets.length < MANY ? 1 : 2,
    });
    return this.#browser;
  }

  /** Starts all of it at once. */
  async everything() {
    const needsEngine = this.#targets.some(({ messageFile }) => messageFile === undefined);
    const [checkout, browser] = await Promise.all([
      this.#context.checkout(),
      this.browser(),
      needsEngine ? this.#engine.after() : undefined,
    ]);
    return { checkout, browser, engine: this.engine };
  }

  /** A listener that counts pictures on the progress line. */
  counter(done: string): (result: ImageResult) => void {
    let number = 0;
    return ({ integration }) => {
      number += 1;
      this.#say(`${number} of ${count(this.#targets.length, "picture")} ${done} · ${integration}`);
    };
  }

  async close(): Promise<void> {
    this.#progress.stop();
    // One of the two may have failed to start: the other is closed all the same.
    const browser = this.#browser?.then((opened) => opened.close()).catch(() => undefined);
    await Promise.all([this.#engine.close(), browser]);
  }

  readonly #say = (message: string): void => this.#progress.update(message);

  async #startEngine() {
    const { out, signal, pools } = this.#context;
    const { root } = await this.#context.checkout();
    const targets = this.#targets.flatMap((target) =>
      target.messageFile === undefined ? [target.integration] : [],
    );
    // Deliveries are made one after the other.
    const context = { out: withProgress(out, this.#progress), signal, pools };
    return startEngine({ root, targets, workers: 1 }, context);
  }
}
