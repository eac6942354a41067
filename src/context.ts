/** Builds what every command is handed, once a run. */
import { resolve } from "node:path";
import type { Checkout } from "./checkout/model.ts";
import type { Context, NestedResult, NestedRun } from "./commands/define.ts";
import type { Pools } from "./commands/pools.ts";
import { type ExitCode, UserError } from "./errors.ts";
import type { Environment } from "./host/environment.ts";
import { type ReadStream, terminalOf, type WriteStream } from "./host/keys.ts";
import { collect, noInput } from "./host/nested-run.ts";
import type { Signals } from "./host/signals.ts";
import { readDespiteConflict } from "./python/conflict.ts";
import { createOutput } from "./ui/output.ts";
import { createPrompts } from "./ui/prompts.ts";
import { printableLine } from "./ui/steering.ts";

/** What the program works with, besides its arguments. */
export interface Io {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Environment;
  /**
   * The folder the program was started in.
   * @throws UserError when it does not exist any more.
   */
  readonly cwd: string;
  /** What asks the program to end. */
  readonly signals: Signals;
  /** Programs that outlive this command line; without them each that is started ends with it. */
  readonly pools?: Pools | undefined;
}

/** The values of the global options. */
export interface GlobalFlags {
  checkout?: string;
  json: boolean;
  yes: boolean;
  noInput: boolean;
  quiet: boolean;
  verbose: boolean;
  noColor: boolean;
}

/** Runs a command line: `run` of command-line.ts. */
export type RunLine = (argv: readonly string[], io: Io) => Promise<ExitCode>;

/**
 * @param flags The global options.
 * @param runLine Runs the command lines that a command runs within this one.
 */
export function createContext(flags: GlobalFlags, io: Io, runLine: RunLine): Context {
  const { env, stdin, stdout, stderr, cwd, signals } = io;
  const out = createOutput({
    stdout,
    stderr,
    env,
    json: flags.json,
    quiet: flags.quiet,
    verbose: flags.verbose,
    colour: !flags.noColor,
  });
  const interactive =
    !flags.noInput && !flags.json && !env.CI && stdin.isTTY === true && stderr.isTTY === true;
  let opened: Promise<Checkout> | undefined;
  return {
    out,
    prompts: createPrompts({ interactive, yes: flags.yes, input: stdin, output: stderr }),
    terminal: terminalOf(stdin, stdout),
    cwd,
    folder: flags.checkout === undefined ? undefined : resolve(cwd, flags.checkout),
    yes: flags.yes,
    signal: signals.signal,
    signals,
    pools: io.pools,
    checkout() {
      opened ??= open(flags.checkout, cwd, (text) => out.warn(text));
      return opened;
    },
    streams: { input: stdin, output: stdout },
    run: (argv, options) => runNested(argv, options, io, runLine),
  };
}

/** Characters of each output of a nested command line that are kept. */
const MOST_OUTPUT = 20_000_000;

async function runNested(
  argv: readonly string[],
  { cwd, signal, pools }: NestedRun,
  { env, signals }: Io,
  runLine: RunLine,
): Promise<NestedResult> {
  const [stdout, stderr] = [collect(MOST_OUTPUT), collect(MOST_OUTPUT)];
  const exitCode = await runLine(argv, {
    stdin: noInput(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
    pools,
    // What it says of signals is not true of the command line around it.
    signals: { ...signals, signal, areUsual: () => undefined, answered: () => undefined },
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

async function open(
  folder: string | undefined,
  cwd: string,
  warn: (text: string) => void,
): Promise<Checkout> {
  const [{ findCheckout, openCheckout }, { recoverChanges }] = await Promise.all([
    import("./checkout/index.ts"),
    import("./host/recover.ts"),
  ]);
  if (folder === "") {
    throw new UserError("The folder given with --checkout is empty.", {
      code: "no-such-folder",
      hint: "Name a folder, or leave --checkout out.",
    });
  }
  const start = resolve(cwd, folder ?? ".");
  const root = await findCheckout(start, { explicit: folder !== undefined });
  for (const note of await recoverChanges(root)) warn(printableLine(note));
  const checkout = await openCheckout(root);
  const { registryPath, registryConflict } = checkout;
  if (registryConflict !== undefined) {
    warn(`${readDespiteConflict(registryPath, registryConflict)}.`);
  }
  return checkout;
}
