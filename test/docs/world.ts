/** The folders and files that the documentation's commands speak of. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { split } from "shlex";
import { packageRoot } from "../../src/host/assets.ts";
import { cli, testCache } from "../support/cli.ts";

/** Where a page's first block starts: above the workspace, or in it. */
export type Place = "outside" | "workspace";

/** The world as a page finds it, or with one integration more. */
export type World = "plain" | "acmedeploy";

interface Ended {
  exitCode: number | null;
  output: string;
}

export interface Shell {
  /** Runs a script where the one before has left off: calls of the program within this process, all else by bash. */
  run(script: string): Promise<Ended>;
  /** Starts a script in the background, and waits until it says at which address it listens. */
  start(script: string): Promise<void>;
  /** Ends that by Ctrl-C; undefined when nothing runs. */
  stop(): Promise<Ended | undefined>;
}

const ORDER = {
  id: 4711,
  status: "paid",
  customer: { name: "Ada Example" },
  order: { title: "Two lamps", url: "https://shop.example.com/orders/4711" },
};

const PUSH = {
  ref: "refs/heads/main",
  repository: { full_name: "acme/lamp", html_url: "https://git.example.com/acme/lamp" },
  pusher: { name: "ada" },
  head_commit: {
    id: "2f1a6d0c9b8e7f60",
    message: "Dim the light",
    url: "https://git.example.com/acme/lamp/commit/2f1a6d0c",
  },
};

/** Pages get copies: one file with all objects takes a tenth of the time to copy. */
const PACK = "git gc --quiet && rm -f .git/hooks/*.sample";

/** Builds the worlds, each in a folder of its name; pages get copies. */
export async function buildWorld(folder: string): Promise<void> {
  const plain = join(folder, "plain");
  mkdirSync(plain);
  await buildPlain(plain);
  const more = enterWorld(plain, join(folder, "acmedeploy"), "workspace");
  await build(
    more,
    `connect-webhook new acmedeploy --category deployment --payload ../deploy.json --yes
    git add --all`,
  );
}

async function build(shell: Shell, script: string): Promise<void> {
  const made = await shell.run(script);
  if (made.exitCode !== 0) throw new Error(`The world could not be built:\n${made.output}`);
}

async function buildPlain(folder: string): Promise<void> {
  const captured = {
    "captured.json": ORDER,
    "deploy.json": { ...ORDER, status: "deployed" },
    "order.json": ORDER,
    "refund.json": { ...ORDER, status: "refunded" },
    "push.json": PUSH,
    "tag.json": { ...PUSH, ref: "refs/tags/v2" },
    "push__1_commit.json": PUSH,
  };
  for (const [name, payload] of Object.entries(captured)) {
    writeFileSync(join(folder, name), `${JSON.stringify(payload, undefined, 2)}\n`);
  }
  const shell = openShell(folder, "outside");
  await build(
    shell,
    `
    connect-webhook init connect
    git -C connect init --quiet --initial-branch main
    git -C connect add --all
    git -C connect commit --quiet --message "As if it were a Connect checkout"
    connect-webhook init workspace
    cd workspace
    connect-webhook new github --category version-control --payload ../push__1_commit.json --no-screenshot --yes
    git init --quiet --initial-branch main
    git add --all
    git commit --quiet --message "A workspace"
    git update-ref refs/remotes/origin/main main
    git tag v1.2
    git switch --quiet --create mywebhook
    connect-webhook new mywebhook --category financial --yes \\
      --payload ../order.json ../refund.json --event-header X-Mywebhook-Event
    git add --all
    git commit --quiet --message "Add mywebhook"
    ${PACK}
    cd ../connect
    ${PACK}`,
  );
}

/** A copy of the world, and a shell in it. */
export function enterWorld(built: string, folder: string, place: Place): Shell {
  // Who stands outside has not made the workspace yet.
  const hidden = place === "outside" ? join(built, "workspace") : undefined;
  const filter = (path: string): boolean => path !== hidden;
  cpSync(built, folder, { recursive: true, verbatimSymlinks: true, filter });
  return openShell(folder, place);
}

function openShell(folder: string, place: Place): Shell {
  const bin = join(folder, ".bin");
  mkdirSync(bin, { recursive: true });
  const program = join(bin, "connect-webhook");
  try {
    symlinkSync(join(packageRoot, "bin", "connect-webhook.js"), program);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const state = join(bin, "folder");
  writeFileSync(state, `${place === "outside" ? folder : join(folder, "workspace")}\n`);
  const env = {
    PATH: [bin, process.env.PATH].join(":"),
    HOME: folder,
    CONNECT_WEBHOOK_CACHE: testCache,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Ada Example",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada Example",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const bash = ["--norc", "-e", "-o", "pipefail", "-c"];
  const inBash = (script: string): Ended => {
    const whole = `cd "$(cat '${state}')"\ntrap 'pwd > "${state}"' EXIT\n${script}\n`;
    const result = spawnSync("bash", [...bash, whole], { encoding: "utf8", env, input: "" });
    if (result.error) throw result.error;
    return { exitCode: result.status, output: `${result.stdout}${result.stderr}` };
  };
  const inProcess = async (words: readonly string[]): Promise<Ended> => {
    const cwd = readFileSync(state, "utf8").trim();
    const { exitCode, stdout, stderr } = await cli(words, { cwd, env });
    return { exitCode, output: stdout + stderr };
  };
  let background: Background | undefined;
  return {
    async run(script) {
      let output = "";
      for (const part of partsOf(script)) {
        const ended = typeof part === "string" ? inBash(part) : await inProcess(part);
        output += ended.output;
        if (ended.exitCode !== 0) return { ...ended, output };
      }
      return { exitCode: 0, output };
    },
    async start(script) {
      // The program takes the place of the shell, so that Ctrl-C reaches it.
      const whole = `cd "$(cat '${state}')"\nexec ${script}\n`;
      background = new Background(spawn("bash", [...bash, whole], { env }));
      await background.listening();
    },
    async stop() {
      const ended = await background?.interrupt();
      background = undefined;
      return ended;
    },
  };
}

/** A call of the program of plain and quoted words, with a comment after it: nothing that a shell would expand. */
const CALL = /^connect-webhook((?: +(?:[\w@%+=:,./-]+|"[^"$`\\]*"|'[^']*'))*)\s*(?:\s#.*)?$/;

/** What goes over several lines, or says something to the lines after it: such a script is bash's alone. */
const OF_BASH_ALONE = /<<|^\s*(?:\w+=|export |if |for |while |trap |set )/m;

/** A script in its order: the words of each call of the program, and what else stands between them. */
function partsOf(script: string): (string | string[])[] {
  if (OF_BASH_ALONE.test(script)) return [script];
  const parts: (string | string[])[] = [];
  for (const line of script.replace(/ *\\\n */g, " ").split("\n")) {
    const words = CALL.exec(line.trim())?.[1];
    const last = parts.at(-1);
    if (words !== undefined) parts.push(split(words));
    else if (typeof last === "string") parts.push(`${parts.pop()}\n${line}`);
    else if (line.trim() !== "") parts.push(line);
  }
  return parts;
}

/** A program that stays. */
class Background {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  #output = "";

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#ended = new Promise((done) => child.once("close", done));
    child.stdin.end();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString("utf8");
      });
    }
  }

  async listening(): Promise<void> {
    while (!/http:\/\/\S+:\d+/.test(this.#output)) {
      const ended = await Promise.race([this.#ended, setTimeout(50, "still there")]);
      if (ended !== "still there") throw new Error(`It ended with ${ended}:\n${this.#output}`);
    }
  }

  async interrupt(): Promise<Ended> {
    this.#child.kill("SIGINT");
    return { exitCode: await this.#ended, output: this.#output };
  }
}
