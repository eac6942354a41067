/**
 * The console: data on stdout, talk on stderr.
 *
 * Every text may quote a stranger: what steers a terminal or a CI is made harmless when it is written, except for what
 * this program itself marked with `paint`, `link` or `workflowCommand`.
 */
import type { Ora } from "ora";
import { clearScreen, print, printWhole } from "./console.ts";
import { fitted, USUAL_WIDTH } from "./layout.ts";
import { createPaint, forConsole, type Paint } from "./marks.ts";
import { jsonText } from "./steering.ts";

export interface OutputOptions {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  /** False for `--no-color`. */
  colour: boolean;
}

/** A line that says what is going on; it ends with `done` or `stop`. */
export interface Progress {
  update(text: string): void;
  /** Ends it with a line that stays. */
  done(text: string): void;
  /** Ends it without a trace. */
  stop(): void;
}

export interface Output {
  /** Paints text for stdout; does nothing where colour is off. */
  readonly paint: Paint;
  /** Paints text for stderr. */
  readonly paintStderr: Paint;
  readonly json: boolean;
  readonly verbose: boolean;
  /** The width of the terminal in columns; 80 where there is none, or it does not say. */
  readonly width: number;
  /** Prints data: the answer to the question the user asked. Not shown with `--json`. */
  data(text: string): void;
  /** Prints the machine-readable answer, with `--json` only. */
  report(value: object): void;
  /** The same on one line, for a command that goes on: its readers know when they have all of it. */
  reportLine(value: object): void;
  /** Talks to the user. Silent with `--quiet`. */
  say(text: string): void;
  /** Says that something worked. Silent with `--quiet`. */
  success(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Talks with `--verbose` only. */
  detail(text: string): void;
  progress(text: string): Progress;
  /** Empties the terminal's screen. */
  clear(): void;
}

function hasColour({ colour, env }: OutputOptions, stream: NodeJS.WriteStream): boolean {
  if (!colour) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") {
    return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  }
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return stream.isTTY === true && stream.hasColors(env);
}

/** Makes the output of one run of the program. */
export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, json, quiet, verbose } = options;
  const paint = createPaint(hasColour(options, stdout));
  const paintStderr = createPaint(hasColour(options, stderr));
  const talk = (text: string): void => print(stderr, `${text}\n`);
  const say = (text: string): void => {
    if (!quiet) talk(text);
  };
  return {
    paint,
    paintStderr,
    json,
    verbose,
    width: stdout.columns || USUAL_WIDTH,
    data(text) {
      if (!json) print(stdout, text);
    },
    report(value) {
      if (json) printWhole(stdout, jsonText(value));
    },
    reportLine(value) {
      if (json) printWhole(stdout, jsonText(value, 0));
    },
    say,
    success: (text) => say(`${paintStderr.green("✓")} ${text}`),
    warn: (text) => talk(`${paintStderr.yellow("!")} ${text}`),
    error: (text) => talk(`${paintStderr.red("✗")} ${text}`),
    detail(text) {
      if (verbose) talk(paintStderr.dim(text));
    },
    clear: () => clearScreen(stdout),
    progress: (text) => startProgress(text, { stderr, quiet, verbose, say, paint: paintStderr }),
  };
}

/** An output whose lines of progress all show in one that is running already. */
export function withProgress(out: Output, progress: Progress): Output {
  return {
    ...out,
    progress(text) {
      progress.update(text);
      return { update: progress.update, done: progress.update, stop: () => undefined };
    },
  };
}

/** Where progress is shown. */
interface Talk {
  stderr: NodeJS.WriteStream;
  say(text: string): void;
  paint: Paint;
}

/** Columns beside the spinner itself. */
const widthFor = (stream: NodeJS.WriteStream): number =>
  Math.max(10, (stream.columns || USUAL_WIDTH) - 4);

function startProgress(text: string, ui: Talk & { quiet: boolean; verbose: boolean }): Progress {
  if (ui.stderr.isTTY && !ui.quiet) return startSpinner(text, ui);
  // Without a terminal every step would be a line of its own: only --verbose wants that.
  const line = (next: string): void => {
    if (ui.verbose) ui.say(next);
  };
  line(text);
  return { update: line, done: (last) => ui.say(last), stop: () => undefined };
}

/** Draws a spinner as soon as its program is read, unless the work is done by then. */
function startSpinner(first: string, { stderr, say, paint }: Talk): Progress {
  const shown = (text: string): string => forConsole(fitted(text, widthFor(stderr)));
  let text = shown(first);
  let spinner: Ora | undefined;
  let ended = false;
  void import("ora").then(({ default: ora }) => {
    // Ctrl-C and typed keys stay with the program; the spinner only draws.
    if (ended) return;
    const color = paint.coloured ? "cyan" : false;
    spinner = ora({ text, color, stream: stderr, discardStdin: false, hideCursor: true }).start();
  });
  return {
    update(next) {
      text = shown(next);
      if (spinner) spinner.text = text;
    },
    done(last) {
      ended = true;
      spinner?.stop();
      say(`${paint.green("✓")} ${last}`);
    },
    stop() {
      ended = true;
      spinner?.stop();
    },
  };
}
