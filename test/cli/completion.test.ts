import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { candidates } from "../../src/commands/completion/candidates.ts";
import { SHELLS } from "../../src/commands/completion/scripts.ts";
import { makeTable } from "../../src/commands/completion/table.ts";
import { commands } from "../../src/commands/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { cli, cliProcess, testCache } from "../support/cli.ts";
import { git } from "../support/git.ts";
import { commandInTerminal, hasTerminals } from "../support/terminal.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

/** The words that are offered, within this process. */
async function offered(cwd: string, words: readonly string[]): Promise<string[]> {
  return (await candidates(words, cwd)).map(({ word }) => word);
}

/** The same by the program that the scripts of the shells start. */
async function complete(cwd: string, ...words: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await cliProcess(["__complete", ...words], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout.split("\n").flatMap((line) => line.split("\t")[0] || []);
}

describe("what can stand at the cursor", () => {
  it.each<[string, string[], string[]]>([
    ["a command", ["sho"], ["show"]],
    ["an integration", ["show", ""], ["harbourline"]],
    ["no integration twice", ["test", "harbourline", ""], []],
    ["nothing where a new name goes", ["new", ""], []],
    ["a fixture of the integration", ["preview", "harbourline", "pi"], ["ping.json"]],
    ["no fixture of a path", ["preview", "../harbourline", ""], []],
    ["a rule", ["explain", "doc-prod"], ["doc-product"]],
    ["a rule of an option", ["lint", "--rule", "doc-prod"], ["doc-product"]],
    ["a command to be helped with", ["help", "rem"], ["remove"]],
    ["a guide", ["explain", "mov"], ["moving"]],
    ["an option", ["test", "--repo"], ["--reporter"]],
    ["no option twice", ["test", "--reporter", "json", "--repo"], []],
    ["a choice", ["test", "--reporter", ""], ["default", "json", "junit", "github"]],
    ["a choice after =", ["test", "--reporter=j"], ["json", "junit"]],
    ["a choice after a = of its own", ["test", "--reporter", "=", "j"], ["json", "junit"]],
    ["a category", ["new", "x", "--category", "misc", "entertai"], ["entertainment"]],
    ["a file", ["new", "x", "--logo", ""], [":files"]],
    ["a global option", ["--no-c"], ["--no-color"]],
    ["a shell", ["completion", "z"], ["zsh"]],
    ["nothing after an unknown command", ["frobnicate", ""], []],
  ])("is %s", async (_what, words, expected) => {
    expect(await offered(temporaryWorkspace(), words)).toEqual(expected);
  });

  it("is a branch where a base is asked for", async () => {
    const cwd = temporaryWorkspace();
    git(cwd, "init", "-q", "-b", "main");
    git(cwd, "commit", "-q", "--allow-empty", "-m", "start");
    git(cwd, "branch", "release");
    expect(await offered(cwd, ["lint", "--changed", "re"])).toEqual(["release"]);
    expect(await offered(cwd, ["review", "--base", ""])).toEqual(["main", "release"]);
  });

  it("asks the tree of -C, and is silent without one", async () => {
    const elsewhere = temporaryDirectory();
    expect(await complete(elsewhere, "-C", temporaryWorkspace(), "show", "h")).toEqual([
      "harbourline",
    ]);
    expect(await complete(elsewhere, "show", "")).toEqual([]);
  });

  it("leaves out names that a terminal could take for a command", async () => {
    const cwd = temporaryWorkspace();
    writeFileSync(join(cwd, "zerver/webhooks/harbourline/fixtures/evil\u001b[2J.json"), "{}");
    writeFileSync(join(cwd, "zerver/webhooks/harbourline/fixtures/ever.json"), "{}");
    expect(await complete(cwd, "preview", "harbourline", "ev")).toEqual(["ever.json"]);
  });

  it("leaves out names that this program could take for an option, or its script for a request", async () => {
    const cwd = temporaryWorkspace();
    for (const file of ["--yes.json", ":files", "a b.json"]) {
      writeFileSync(join(cwd, "zerver/webhooks/harbourline/fixtures", file), "{}");
    }
    const found = await complete(cwd, "preview", "harbourline", "");
    expect(found).toContain("a b.json");
    expect(found.filter((word) => /^[-:]/.test(word))).toEqual([]);
  });

  it("knows every command, and each option that has a value completes it or leaves it free", async () => {
    const table = await makeTable();
    expect(table.commands.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
    for (const { options } of table.commands) {
      for (const { flags } of options) expect(flags[0]).toMatch(/^--[a-z]/);
    }
  });
});

/** A folder with `connect-webhook` in it, to put on a shell's PATH. */
function programFolder(): string {
  const folder = temporaryDirectory();
  symlinkSync(join(packageRoot, "bin/connect-webhook.js"), join(folder, "connect-webhook"));
  chmodSync(join(packageRoot, "bin/connect-webhook.js"), 0o755);
  return folder;
}

function has(shell: string): boolean {
  try {
    execFileSync(shell, ["-c", "exit 0"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** What each real shell is told to do: source the script, complete a line, and print what it offers. */
const LINES: Record<string, (script: string, words: readonly string[]) => string[]> = {
  bash: (script, words) => [
    "--norc",
    "-c",
    `source "${script}"; COMP_WORDS=(connect-webhook ${words.join(" ")}); COMP_CWORD=${words.length}; _connect_webhook; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  zsh: (script, words) => [
    "-f",
    "-c",
    // Outside of a line editor there is no compadd; what the script hands over is what it would get.
    `compdef() { : }; compset() { return 1 }; _describe() { local name=$argv[-1]; print -l -- "\${(@P)name}" }; _files() { print -l -- * }; source "${script}"; words=(connect-webhook ${words.join(" ")}); CURRENT=${words.length + 1}; _connect_webhook`,
  ],
  fish: (script, words) => [
    "--no-config",
    "-c",
    `source "${script}"; complete -C "connect-webhook ${words.map((word) => (word === "''" ? "" : word)).join(" ")}"`,
  ],
};

describe.each(
  SHELLS.map((shell) => [shell, has(shell)] as const),
)("the script for %s", (shell, there) => {
  it("completes in the shell itself", async ({ skip }) => {
    skip(!there, `${shell} is not installed on this machine`);
    const cwd = temporaryWorkspace();
    const { stdout, exitCode } = await cli(["completion", shell]);
    expect(exitCode).toBe(0);
    const script = join(temporaryDirectory(), `completion.${shell}`);
    writeFileSync(script, stdout);
    const path = `${programFolder()}:${process.env.PATH ?? ""}`;
    const ask = (...words: string[]): string[] => {
      const args = LINES[shell]?.(script, words) ?? [];
      const env = { PATH: path, HOME: cwd, CONNECT_WEBHOOK_CACHE: testCache };
      const printed = execFileSync(shell, args, { cwd, env, encoding: "utf8" });
      return printed.split("\n").flatMap((line) => line.split(/\t|(?<!\\):/)[0] || []);
    };
    expect(ask("sho")).toEqual(["show"]);
    expect(ask("preview", "harbourline", "pi")).toEqual(["ping.json"]);
    expect(ask("test", "--reporter", "j")).toEqual(["json", "junit"]);
    expect(ask("show", "''")).toEqual(["harbourline"]);
    expect(ask("new", "x", "--logo", "pyproj")).toContain("pyproject.toml");
  });
});

/** Names that a shell takes for more than a word. */
const HOSTILE = [
  "x1$(touch ran).json",
  "x2`touch ran`.json",
  "x3;touch ran;.json",
  "x4&touch ran&.json",
  "x5'; touch ran; '.json",
  'x6"; touch ran; ".json',
  "x7 > ran.json",
  "x8\\$HOME.json",
  "x9!!.json",
];

/** How each shell is started, and what it is told first. */
const SESSIONS: Record<string, { start: string[]; before: string[] }> = {
  bash: { start: ["bash", "--norc", "--noprofile", "-i"], before: [] },
  zsh: { start: ["zsh", "-f", "-i"], before: ["autoload -U compinit; compinit -D -u"] },
  fish: { start: ["fish", "--no-config", "-i"], before: [] },
};

/** A `connect-webhook` that completes as the real one, and else says which words it was given. */
function sayingFolder(): string {
  const folder = temporaryDirectory();
  const real = join(packageRoot, "bin/connect-webhook.js");
  const asked = join(folder, "asked");
  writeFileSync(
    join(folder, "connect-webhook"),
    `#!${process.execPath}\nconst { execFileSync } = require("node:child_process");\n` +
      `const words = process.argv.slice(2);\n` +
      `if (words[0] === "__complete") {\n` +
      `  execFileSync(process.execPath, [${JSON.stringify(real)}, ...words], { stdio: "inherit" });\n` +
      `  require("node:fs").appendFileSync(${JSON.stringify(asked)}, "x");\n` +
      `} else console.log("given:" + Buffer.from(words.at(-1)).toString("hex"));\n`,
    { mode: 0o755 },
  );
  writeFileSync(asked, "");
  return folder;
}

describe.each(
  SHELLS.map((shell) => [shell, has(shell)] as const),
)("Tab and Enter in %s", (shell, there) => {
  it("give the program the name itself, whatever a shell could read in it", async ({ skip }) => {
    skip(!there || !hasTerminals, `${shell} or \`script\` is not installed on this machine`);
    const cwd = temporaryWorkspace();
    for (const file of HOSTILE) {
      writeFileSync(join(cwd, "zerver/webhooks/harbourline/fixtures", file), "{}");
    }
    const folder = sayingFolder();
    const script = join(folder, "script");
    writeFileSync(script, (await cli(["completion", shell])).stdout);
    const { start, before } = SESSIONS[shell] ?? { start: [], before: [] };
    const terminal = commandInTerminal(start, cwd, [folder]);
    for (const line of [...before, `source ${script}`, "echo rea''dy"]) terminal.press(`${line}\r`);
    await terminal.shows("ready");
    for (const [index, file] of HOSTILE.entries()) {
      terminal.press(`connect-webhook preview harbourline x${index + 1}\t`);
      await waitFor(() => readFileSync(join(folder, "asked")).length > index);
      await new Promise((done) => setTimeout(done, 500));
      terminal.press("\r");
      await terminal.shows(`given:${Buffer.from(file).toString("hex")}`);
    }
    terminal.press("exit\r");
    await terminal.ended;
    expect(existsSync(join(cwd, "ran"))).toBe(false);
    expect(existsSync(join(cwd, "ran.json"))).toBe(false);
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 50));
}

describe("completion refuses", () => {
  it.each<[string, string[], string]>([
    ["no shell", ["completion"], "usage"],
    ["another shell", ["completion", "powershell"], "unknown-shell"],
    ["an empty word", ["completion", ""], "unknown-shell"],
  ])("%s", async (_what, args, code) => {
    const { exitCode, stdout, stderr } = await cli([...args, "--json"]);
    expect({ exitCode, code: JSON.parse(stdout).error.code }).toEqual({ exitCode: 2, code });
    expect(stderr).toMatch(/^✗ .+\.\n {2}.+\n$/);
  });
});
