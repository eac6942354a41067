/**
 * The console: data on stdout, talk on stderr. The only place that writes to either.
 */
import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from "chalk";
import type { Ora } from "ora";
import { printableInColour } from "./text.ts";

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
  readonly paint: ChalkInstance;
  /** Paints text for stderr. */
  readonly paintTalk: ChalkInstance;
  readonly json: boolean;
  readonly verbose: boolean;
  /** The width of the terminal in columns; 100 where there is none. */
  readonly width: number;
  /** Prints data: the answer to the question the user asked. Not shown with `--json`. */
  data(text: string): void;
  /** Prints the machine-readable answer, with `--json` only. */
  report(value: object): void;
  /** Talks to the user. Silent with `--quiet`. */
  say(text: string): void;
  /** Says that something worked. Silent with `--quiet`. */
  success(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Talks with `--verbose` only. */
  detail(text: string): void;
  progress(text: string): Progress;
}

function colourLevel(options: OutputOptions, stream: NodeJS.WriteStream): 0 | 1 | 2 | 3 {
  const { env } = options;
  if (!options.colour) return 0;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") {
    return ({ "0": 0, false: 0, "2": 2, "3": 3 }[env.FORCE_COLOR] as 0 | 2 | 3 | undefined) ?? 1;
  }
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return 0;
  if (!stream.isTTY) return 0;
  const support = stream === options.stderr ? supportsColorStderr : supportsColor;
  return support ? support.level : 0;
}

/** Makes the output of one run of the program. */
export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, json, quiet, verbose } = options;
  const paint = new Chalk({ level: colourLevel(options, stdout) });
  const paintTalk = new Chalk({ level: colourLevel(options, stderr) });
  // Talk names files and quotes what is in them, which may hold anything.
  const talk = (text: string): void => {
    stderr.write(`${printableInColour(text)}\n`);
  };
  const say = (text: string): void => {
    if (!quiet) talk(text);
  };
  return {
    paint,
    paintTalk,
    json,
    verbose,
    width: stdout.columns ?? 100,
    data(text) {
      if (!json) stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    report(value) {
      if (json) stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    say,
    success: (text) => say(`${paintTalk.green("✓")} ${text}`),
    warn: (text) => talk(`${paintTalk.yellow("!")} ${text}`),
    error: (text) => talk(`${paintTalk.red("✗")} ${text}`),
    detail(text) {
      if (verbose) talk(paintTalk.dim(text));
    },
    progress: (text) => startProgress(text, { stderr, quiet, verbose, say }),
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

function startProgress(
  text: string,
  ui: { stderr: NodeJS.WriteStream; quiet: boolean; verbose: boolean; say(text: string): void },
): Progress {
  if (ui.stderr.isTTY && !ui.quiet) {
    return startSpinner(text, ui.stderr, ui.say);
  }
  // Without a terminal every step would be a line of its own: only --verbose wants that.
  const line = (next: string): void => {
    if (ui.verbose) ui.say(next);
  };
  line(text);
  return { update: line, done: (last) => ui.say(last), stop: () => undefined };
}

/** Draws a spinner as soon as its program is read, unless the work is done by then. */
function startSpinner(
  first: string,
  stream: NodeJS.WriteStream,
  say: (text: string) => void,
): Progress {
  let text = printableInColour(first);
  let spinner: Ora | undefined;
  let ended = false;
  void import("ora").then(({ default: ora }) => {
    // Ctrl-C and typed keys stay with the program; the spinner only draws.
    if (!ended) spinner = ora({ text, stream, discardStdin: false, hideCursor: true }).start();
  });
  return {
    update(next) {
      text = printableInColour(next);
      if (spinner) spinner.text = text;
    },
    done(last) {
      ended = true;
      if (spinner) spinner.succeed(printableInColour(last));
      else say(last);
    },
    stop() {
      ended = true;
      spinner?.stop();
    },
  };
}
