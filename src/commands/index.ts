/**
 * The list of commands. Each is loaded only when it runs, so that `--help` stays quick.
 */
import type { CommandSpec } from "./define.ts";

export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<CommandSpec>;
  /** Runs views or tests, unless one of these words is said; undefined when it never does. */
  runsPythonUnless: readonly string[] | undefined;
}

/** The word that asks for help in the place of a command. */
export const HELP = "help";
const HELP_WORDS = ["-h", "--help", HELP];

const entry = (
  name: string,
  summary: string,
  // Options differ by command; the command line treats them all alike.
  // biome-ignore lint/suspicious/noExplicitAny: CommandSpec<O> is contravariant in O
  load: () => Promise<{ default: CommandSpec<any> }>,
  runsPythonUnless?: readonly string[],
): CommandEntry => ({
  name,
  summary,
  load: async () => (await load()).default,
  runsPythonUnless,
});

/** In the order of the loop, which is the order of `--help`. */
export const commands: readonly CommandEntry[] = [
  entry(
    "init",
    "make a workspace to write integrations in, without Connect",
    () => import("./init.ts"),
  ),
  entry("new", "scaffold and register an integration", () => import("./new.ts"), ["--dry-run"]),
  entry(
    "extend",
    "add events to an integration from their payloads",
    () => import("./extend.ts"),
    [],
  ),
  entry("remove", "take an integration out of the tree again", () => import("./remove.ts")),
  entry(
    "capture",
    "receive live requests as fixtures, or import them",
    () => import("./capture.ts"),
  ),
  entry("list", "list the integrations of the tree", () => import("./list.ts")),
  entry("show", "show where everything of one integration is", () => import("./show.ts")),
  entry("test", "run the fixture tests", () => import("./test.ts"), [
    "checkout",
    "--engine=checkout",
  ]),
  entry("preview", "deliver one fixture and print the message", () => import("./preview.ts"), []),
  entry("url", "print the address to give to the service", () => import("./url.ts")),
  entry("send", "post a fixture to a real server", () => import("./send.ts")),
  entry(
    "dev",
    "serve Connect's endpoint, and a page that shows each message live",
    () => import("./dev.ts"),
    [],
  ),
  entry("avatar", "make bot avatars from logos", () => import("./avatar.ts")),
  entry("screenshot", "draw the pictures for the documentation", () => import("./screenshot.ts"), [
    "--check",
  ]),
  entry("lint", "check the whole checklist", () => import("./lint.ts")),
  entry("review", "make one page for whoever reviews a change", () => import("./review.ts"), []),
  entry("export", "carry an integration to another checkout", () => import("./export.ts")),
  entry(
    "explain",
    "say what a lint rule asks for and why, or print a guide",
    () => import("./explain.ts"),
  ),
  entry("mcp", "serve the commands to a coding assistant", () => import("./mcp.ts")),
  entry("doctor", "find out what works here", () => import("./doctor.ts")),
  entry(
    "completion",
    "print a completion script for bash, zsh or fish",
    () => import("./completion.ts"),
  ),
];

const QUICK = ["list", "show", "lint", "explain", "url", "completion"];

/** Whether a command line mostly ends within moments, and holds nothing meanwhile that has to be closed. */
export function isQuick(argv: readonly string[]): boolean {
  const name = commandName(argv);
  return name === undefined || QUICK.includes(name);
}

/** Whether a command line will need Python, as far as can be told before it is understood. */
export function needsPython(argv: readonly string[]): boolean {
  const name = commandName(argv);
  const unless = commands.find((command) => command.name === name)?.runsPythonUnless;
  return unless !== undefined && !argv.some((word) => [...HELP_WORDS, ...unless].includes(word));
}

/** The command in argv: the first word that is no option and not the value of `--checkout`. */
export function commandName(argv: readonly string[]): string | undefined {
  return argv.find(
    (word, index) =>
      !word.startsWith("-") &&
      word !== HELP &&
      !["-C", "--checkout"].includes(argv[index - 1] ?? ""),
  );
}
