/** Runs tests with Connect's own runner, `tools/test-backend`, in the development environment. */
import { join } from "node:path";
import { CancelledError, MachineError, UserError } from "../errors.ts";
import { isFile } from "../host/files.ts";
import { runStreaming } from "../host/stream.ts";
import { CheckoutOutput } from "./checkout-output.ts";
import { ownersOf } from "./folders.ts";
import { summarizeRun } from "./summary.ts";
import type { EngineTarget, TestResult, TestRun } from "./types.ts";

const RUNNER = "tools/test-backend";
/** Lines that the runner's last words are shown from. */
const LAST_WORDS = 12;

export interface CheckoutRunOptions {
  root: string;
  targets: readonly EngineTarget[];
  /** A command that runs another one where Connect's environment is; see `commandFor`. */
  prefix?: string;
  bail?: boolean;
  signal?: AbortSignal;
  /** Told every line that the runner writes. */
  onLine?: (line: string) => void;
  /** Called when a test has ended; whether it failed is known at the end only. */
  onResult?: (result: TestResult) => void;
}

/**
 * Runs the tests of integrations.
 * @throws UserError when the tree has no runner or the prefix is no command; MachineError `not-provisioned` when the
 *   runner does not get as far as a test.
 */
export async function runOnCheckout(options: CheckoutRunOptions): Promise<TestRun> {
  const { root, targets, prefix, bail, signal, onLine, onResult } = options;
  if (!isFile(join(root, RUNNER))) {
    throw new UserError(`${root} has no ${RUNNER}.`, {
      code: "no-test-runner",
      hint: "Only a whole Connect checkout has its own runner; leave --engine checkout out.",
    });
  }
  const folders = ownersOf(targets);
  const suites = [...folders.keys()].map((folder) => `zerver/webhooks/${folder}`);
  const [command = "", ...args] = commandFor(prefix, [
    RUNNER,
    ...(bail ? ["--stop"] : []),
    ...suites,
  ]);
  const started = performance.now();
  const output = new CheckoutOutput(onResult);
  const words: string[] = [];
  const { exitCode, startError } = await runStreaming(command, args, {
    cwd: root,
    ...(signal && { signal }),
    onLine(line) {
      words.push(line);
      if (words.length > LAST_WORDS) words.shift();
      onLine?.(line);
      output.read(line, performance.now());
    },
  });
  if (signal?.aborted) throw new CancelledError();
  const results = output.results(performance.now()).filter(({ id }) => folders.has(folderIn(id)));
  if (!output.ended || (exitCode !== 0 && !results.some(({ status }) => status === "failed"))) {
    throw notRun(command, exitCode, startError, words);
  }
  const runs = new Map([...folders.values()].map((name) => [name, [] as TestResult[]]));
  for (const result of results) {
    const name = folders.get(folderIn(result.id));
    if (name !== undefined) runs.get(name)?.push(result);
  }
  return summarizeRun("checkout", runs, performance.now() - started);
}

/** The folder of `zerver.webhooks` that a test is in. */
function folderIn(id: string): string {
  return id.split(".")[2] ?? "";
}

/**
 * The words of the command with a prefix before it.
 *
 * Words of the prefix are apart by blanks, and quotes keep them together. Where one holds `{}`, the command takes its
 * place there as one text for a shell; a prefix that ends in `-c` gets it as its last word; else its words follow.
 * @throws UserError `usage` for a quote that is never closed.
 */
export function commandFor(prefix: string | undefined, command: readonly string[]): string[] {
  if (prefix === undefined) return [...command];
  const words = splitWords(prefix);
  const asText = command.map(quoteForShell).join(" ");
  if (words.some((word) => word.includes("{}"))) {
    return words.map((word) => word.replaceAll("{}", () => asText));
  }
  return words.at(-1) === "-c" ? [...words, asText] : [...words, ...command];
}

function splitWords(text: string): string[] {
  const whole = text.trim() !== "" && /^(?:"[^"]*"|'[^']*'|[^"'])*$/.test(text);
  if (!whole) {
    throw new UserError(`The prefix '${text}' is not a command.`, {
      code: "usage",
      hint: "Give --engine-prefix a command as in 'vagrant ssh -c', and close its quotes.",
    });
  }
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

function quoteForShell(word: string): string {
  return /^[\w./=:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function notRun(
  command: string,
  exitCode: number | undefined,
  startError: string | undefined,
  words: readonly string[],
): MachineError {
  const last = words.filter((line) => line.trim() !== "").join("\n");
  const how =
    startError !== undefined && exitCode === undefined
      ? `could not be started (${startError})`
      : `ended with exit code ${exitCode ?? "unknown"} before its tests were done`;
  return new MachineError(`${command} ${how}${last === "" ? "." : `:\n${last}`}`, {
    code: "not-provisioned",
    hint: "Set up Connect's development environment (tools/provision), or use --engine-prefix to say where it is.",
  });
}
