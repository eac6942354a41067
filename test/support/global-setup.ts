/** Vitest's global set-up: builds the program that some tests start, and fills the cache folder that all tests share. */

import { join } from "node:path";
import { findBrowser } from "../../src/browser/index.ts";
import { openEngine } from "../../src/engine/index.ts";
import { packageRoot, templatePath } from "../../src/host/assets.ts";
// @ts-expect-error plain JavaScript, because it also runs before anything is installed
import { setUp } from "../tools/set-up.mjs";

export default async function globalSetup(): Promise<void> {
  setUp();
  // Of this clone alone, so that two clones never share one. What is in it is named by its contents, so that it is
  // never stale, and holds for the next run.
  const folder = join(packageRoot, "node_modules/.cache/connect-webhook-test");
  process.env.CONNECT_WEBHOOK_CACHE = folder;
  process.env.XDG_STATE_HOME = join(folder, "state");
  await Promise.all([fillEngineCache(), findBrowser()]);
}

/** The first start of Python on a tree takes seconds: better once, before all workers need it. */
async function fillEngineCache(): Promise<void> {
  const engine = await openEngine({ root: templatePath("workspace"), targets: [] });
  await engine.close();
}
