/** Runs every shell block of the README and the documentation, as a reader would who works through a page. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { type ShellBlock, shellBlocks } from "./blocks.ts";
import { buildWorld, enterWorld, type Shell } from "./world.ts";

/** Pages that begin before there is a workspace; all others are read in one. */
const OUTSIDE: readonly string[] = [
  "README.md",
  "docs/getting-started.md",
  "docs/commands/init.md",
];

interface Circumstances {
  /** What has to be so before the block, as a script. */
  before?: string;
  exitCode?: number;
  notRun?: string;
  stays?: boolean;
}

const ACMEDEPLOY = `connect-webhook new acmedeploy --category deployment --payload ../deploy.json --yes
git add --all`;

/**
 * What the examples of a command need to be told, since their pages are made from the code. A page that is written
 * by hand says it in the page.
 */
const EXAMPLES: Readonly<Record<string, Circumstances>> = {
  "connect-webhook init": { before: "mkdir empty && cd empty" },
  "connect-webhook new": { notRun: "asks its questions at a terminal" },
  'connect-webhook new acmedeploy --display-name "Acme Deploy" --category deployment --payload deploy.json --yes':
    { before: "cp ../deploy.json ." },
  "connect-webhook new acmedeploy --category deployment --payload push.json tag.json --event-header X-Acme-Event":
    { notRun: "asks before it writes" },
  "connect-webhook new acmedeploy --category deployment --payload deploy.json --dry-run": {
    before: "cp ../deploy.json .",
  },
  "connect-webhook test mywebhook --watch": { notRun: "stays, at a terminal" },
  "connect-webhook test mywebhook --record": { notRun: "asks its questions at a terminal" },
  "connect-webhook test mywebhook --engine checkout --engine-prefix 'vagrant ssh -c'": {
    notRun: "needs a virtual machine",
  },
  "connect-webhook capture mywebhook": { stays: true },
  "connect-webhook capture mywebhook --forward 'http://127.0.0.1:9991/api/v1/external/mywebhook?api_key=…'":
    { stays: true },
  "connect-webhook capture mywebhook --from request.har": { notRun: "needs a recording" },
  "connect-webhook capture mywebhook --finish --redact": { notRun: "needs captured requests" },
  "connect-webhook capture mywebhook --status 500 --count 3": { stays: true },
  "connect-webhook dev github": { stays: true },
  "connect-webhook dev --port 0 --json": { stays: true },
  "connect-webhook dev mywebhook --stream alerts": { stays: true },
  "connect-webhook send mywebhook push__opened --site http://localhost:9991 --stream test": {
    notRun: "needs a Connect server",
  },
  "connect-webhook send mywebhook --all --site chat.example.com --stream test": {
    notRun: "needs a Connect server",
  },
  "connect-webhook send github --all --site chat.example.com --sign github --secret <secret>": {
    notRun: "needs a Connect server",
  },
  "connect-webhook url github --site chat.example.com --api-key <key> --stream 'code review'": {
    notRun: "has a place for your key",
  },
  "connect-webhook url github --site chat.example.com --only-events push_commits 'pull_request_*'":
    { notRun: "names events of Connect's own github" },
  "connect-webhook completion fish > ~/.config/fish/completions/connect-webhook.fish": {
    before: "mkdir -p ~/.config/fish/completions",
  },
  "connect-webhook remove acmedeploy": { notRun: "asks its question at a terminal" },
  "connect-webhook remove acmedeploy --dry-run": { before: ACMEDEPLOY },
  "connect-webhook remove acmedeploy --yes --json": { before: ACMEDEPLOY },
  "connect-webhook export acmedeploy --to ../connect": { notRun: "asks before it writes" },
  "connect-webhook export acmedeploy --to ../connect --dry-run": { before: ACMEDEPLOY },
  "connect-webhook export acmedeploy --to ../connect --patch acmedeploy.patch": {
    before: ACMEDEPLOY,
  },
  "connect-webhook lint acmedeploy": { before: ACMEDEPLOY },
  "connect-webhook lint acmedeploy --fix": { before: ACMEDEPLOY },
  // The world's logos are placeholders, and github has no picture.
  "connect-webhook lint --all --strict": { exitCode: 1 },
  "connect-webhook lint --format json": { exitCode: 1 },
  "connect-webhook screenshot --all --check": { exitCode: 1 },
};

const pages = [
  "README.md",
  ...["docs", "docs/commands"].flatMap((folder) =>
    readdirSync(join(packageRoot, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
].sort();

let world = "";
beforeAll(() => {
  world = mkdtempSync(join(tmpdir(), "connect-webhook-docs-"));
  buildWorld(world);
});
afterAll(() => rmSync(world, { recursive: true, force: true }));

const isMade = (page: string): boolean => page.startsWith("docs/commands/");
const examples = new Set<string>();

for (const page of pages) {
  const blocks: (ShellBlock & Circumstances)[] = shellBlocks(page);
  if (blocks.length === 0) continue;
  describe(page, () => {
    let shell: Shell | undefined;
    const folders: string[] = [];
    afterAll(async () => {
      await shell?.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });
    /** The blocks of a page build on each other; the examples of a command do not. */
    function shellFor(): Shell {
      if (shell && !isMade(page)) return shell;
      const folder = mkdtempSync(join(tmpdir(), "connect-webhook-docs-"));
      folders.push(folder);
      shell = enterWorld(world, folder, OUTSIDE.includes(page) ? "outside" : "workspace");
      return shell;
    }

    for (const block of blocks) {
      if (isMade(page)) examples.add(block.script);
      const { before, exitCode, notRun, stays } = {
        ...block,
        ...(isMade(page) && EXAMPLES[block.script]),
      };
      const title = `line ${block.line}: ${block.script.split("\n").join(" ⏎ ")}`;
      if (notRun) {
        it.skip(`${title} (${notRun})`);
        continue;
      }
      it(title, async () => {
        const here = shellFor();
        if (block.afterStop) {
          const stopped = await here.stop();
          expect(stopped?.exitCode, stopped?.output).toBe(0);
        }
        if (stays) {
          await here.start(block.script);
          if (isMade(page)) await here.stop();
          return;
        }
        if (before) expect(here.run(before)).toMatchObject({ exitCode: 0 });
        const result = here.run(block.script);
        expect(result.exitCode, result.output).toBe(exitCode);
      });
    }
  });
}

it("knows of no example that is gone", () => {
  expect(Object.keys(EXAMPLES).filter((script) => !examples.has(script))).toEqual([]);
});
