/** Runs the shell blocks of a page, as a reader would who works through it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprint } from "../support/fingerprint.ts";
import { sample } from "../support/soak.ts";
import { type ShellBlock, shellBlocks } from "./blocks.ts";
import { buildWorld, enterWorld, type Place, type Shell, type World } from "./world.ts";

/** How a block is run, where it is not as any other. */
export interface Circumstances {
  /** What has to be so before the block, as a script. */
  before?: string;
  world?: World;
  exitCode?: number;
  notRun?: string;
  stays?: boolean;
}

/** Builds the world for the pages of a test file, which get copies of it; to be called outside of the tests. */
export function worldForFile(): () => string {
  let world = "";
  beforeAll(async () => {
    world = mkdtempSync(join(tmpdir(), "connect-webhook-docs-"));
    await buildWorld(world);
  });
  afterAll(() => rmSync(world, { recursive: true, force: true }));
  return () => world;
}

/** Copies of the world, which go when the tests of a page have ended. */
class Copies {
  readonly #world: () => string;
  readonly #place: Place;
  readonly #folders: string[] = [];
  readonly #clean = new Map<World, { shell: Shell; folder: string; before: string }>();

  constructor(world: () => string, place: Place) {
    this.#world = world;
    this.#place = place;
  }

  enter(which: World): Shell {
    const folder = mkdtempSync(join(tmpdir(), "connect-webhook-docs-"));
    this.#folders.push(folder);
    return enterWorld(join(this.#world(), which), folder, this.#place);
  }

  /** A copy that nothing was changed in: the last one, where all that was run there only read. */
  enterClean(which: World): Shell {
    const last = this.#clean.get(which);
    if (last && fingerprint(last.folder) === last.before) return last.shell;
    const shell = this.enter(which);
    const folder = this.#folders.at(-1) ?? "";
    this.#clean.set(which, { shell, folder, before: fingerprint(folder) });
    return shell;
  }

  remove(): void {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** A page whose blocks build on each other. */
export function runPage(page: string, world: () => string, place: Place): void {
  const blocks = shellBlocks(page);
  if (blocks.length === 0) return;
  describe(page, () => {
    const copies = new Copies(world, place);
    let shell: Shell | undefined;
    afterAll(async () => {
      await shell?.stop();
      copies.remove();
    });
    for (const block of blocks) {
      runBlock(block, async () => {
        shell ??= copies.enter("plain");
        if (block.afterStop) {
          const stopped = await shell.stop();
          expect(stopped?.exitCode, stopped?.output).toBe(0);
        }
        if (block.stays) await shell.start(block.script);
        else await expectEnd(shell, block);
      });
    }
  });
}

/** Commands whose examples start Python, a browser or a server: every third of a page's runs, all in the soak run. */
const LONG = ["capture", "dev", "doctor", "preview", "review", "screenshot", "test"];

/** A page of examples, each of which is for itself. */
export function runExamples(
  page: string,
  world: () => string,
  place: Place,
  told: Readonly<Record<string, Circumstances>>,
): string[] {
  const blocks = shellBlocks(page);
  describe.runIf(blocks.length > 0)(page, () => {
    const copies = new Copies(world, place);
    afterAll(() => copies.remove());
    const examples = blocks.map((block) => ({ ...block, ...told[block.script] }));
    const isLong = LONG.some((name) => page.endsWith(`/${name}.md`));
    const run = examples.filter(({ notRun }) => notRun === undefined);
    const taken = isLong ? sample(run, { every: 3 }) : run;
    for (const example of examples) {
      const left = example.notRun ?? (taken.includes(example) ? undefined : "in the soak run");
      runBlock({ ...example, ...(left !== undefined && { notRun: left }) }, async () => {
        const shell = copies.enterClean(example.world ?? "plain");
        if (example.stays) {
          await shell.start(example.script);
          await shell.stop();
          return;
        }
        if (example.before) expect(await shell.run(example.before)).toMatchObject({ exitCode: 0 });
        await expectEnd(shell, example);
      });
    }
  });
  return blocks.map(({ script }) => script);
}

function runBlock({ line, script, notRun }: ShellBlock, run: () => Promise<void>): void {
  const title = `line ${line}: ${script.split("\n").join(" ⏎ ")}`;
  if (notRun) it.skip(`${title} (${notRun})`);
  else it(title, run);
}

async function expectEnd(shell: Shell, { script, exitCode }: ShellBlock): Promise<void> {
  const result = await shell.run(script);
  expect(result.exitCode, result.output).toBe(exitCode);
}
