/** argv to command to exit code. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
  type CommandSpec,
  flagOf,
  globalOptions,
  type OptionSpec,
  optionText,
} from "./commands/define.ts";
import { type CommandEntry, commandName, commands, HELP } from "./commands/index.ts";
import { checkOptionRules } from "./commands/option-rules.ts";
import { createContext, type GlobalFlags, type Io } from "./context.ts";
import { cutShort } from "./cut.ts";
import { BugError, CancelledError, ExitCode, messageOf, stackOf, UserError } from "./errors.ts";
import { packageVersion } from "./host/assets.ts";
import { withEnvironment } from "./host/environment.ts";
import { print } from "./ui/console.ts";
import { LEAST_COLUMNS, USUAL_WIDTH } from "./ui/layout.ts";
import { createOutput } from "./ui/output.ts";
import { printableLine } from "./ui/steering.ts";

/**
 * Runs the program. It touches nothing of the process that is not handed to it.
 * @param argv The words after the program's name.
 * @param io What it reads and writes.
 * @returns The exit code.
 */
export function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { signal } = io.signals;
  return withEnvironment(io.env, async () => {
    try {
      signal.throwIfAborted();
      return await runCommandLine(argv, io);
    } catch (error) {
      return report(signal.aborted ? signal.reason : error, argv, io);
    }
  });
}

async function runCommandLine(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.Ok;
  const program = createProgram(io);
  const wanted = commandName(argv);
  const known = commands.some(({ name }) => name === wanted);
  for (const entry of commands) {
    // Only the command that runs is loaded; of the others the list shows the summary.
    if (entry.name !== wanted) {
      program.command(entry.name).summary(entry.summary).allowUnknownOption();
      continue;
    }
    const command = addCommand(program, entry, await entry.load(), async (spec, input, flags) => {
      // From here on what strangers wrote is read, and may keep this thread busy.
      await io.signals.guarded;
      exitCode = (await spec.run(input, createContext(flags, io, run))) ?? ExitCode.Ok;
    });
    command.exitOverride();
  }
  try {
    // Help on a command that does not exist is a mistake in its name, which commander says of the name alone.
    await program.parseAsync(wanted === undefined || known ? argv : [wanted], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.Ok;
    throw usageError(error, known ? wanted : undefined);
  }
  return exitCode;
}

/** What to do first. */
const BEGINNING = `To begin in a Connect checkout:  connect-webhook new <name> --payload <file>
To begin without one:            connect-webhook init <dir>
A guide from the first request to the pull request:  connect-webhook explain getting-started
`;

/** They take something away: a slip of the fingers is not answered with one of them. */
const DESTRUCTIVE = ["remove"];

function createProgram({ stdout, stderr }: Io): Command {
  const program = new Command("connect-webhook")
    .description("Write, test, illustrate and check Connect webhook integrations.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(`${HELP} [command]`, "print the help of a command")
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ minWidthToWrap: LEAST_COLUMNS })
    // Errors are printed by `report`, in one place and one form.
    .configureOutput({
      writeOut: (text) => print(stdout, text),
      writeErr: (text) => void (/^Usage:|^\nTo begin/.test(text) && print(stderr, text)),
      getOutHelpWidth: () => stdout.columns || USUAL_WIDTH,
      getErrHelpWidth: () => stderr.columns || USUAL_WIDTH,
      outputError: () => undefined,
    });
  for (const [key, spec] of Object.entries(globalOptions)) program.addOption(toOption(key, spec));
  return program.addHelpText(
    "after",
    `\n${BEGINNING}\nRun connect-webhook <command> --help for the options and examples of a command.`,
  );
}

type Run = (
  spec: CommandSpec,
  input: Parameters<CommandSpec["run"]>[0],
  flags: GlobalFlags,
) => Promise<void>;

function addCommand(program: Command, entry: CommandEntry, spec: CommandSpec, run: Run): Command {
  const command = program.command(spec.name).summary(entry.summary).description(spec.description);
  command.helpOption("-h, --help", "print help").showSuggestionAfterError();
  command.configureOutput(program.configureOutput());
  for (const arg of spec.args) {
    const word = arg.many ? `${arg.name}...` : arg.name;
    command.argument(arg.required ? `<${word}>` : `[${word}]`, arg.description);
  }
  for (const [key, option] of Object.entries(spec.options))
    command.addOption(toOption(key, option));
  // Global options are taken before and after the command's name.
  for (const [key, option] of Object.entries(globalOptions)) {
    command.addOption(toOption(key, option).helpGroup("Global options:"));
  }
  command.addHelpText("after", examplesOf(spec));
  return command.action(async () => {
    const given = { ...givenOptions(program), ...givenOptions(command) };
    const input = toInput(spec, command.processedArgs, given);
    await run(spec, input, toFlags(given, asksForJson(spec, given)));
  });
}

/** The options that stood on the command line. */
function givenOptions(command: Command): Record<string, unknown> {
  const given = Object.entries(command.opts()).filter(
    ([key]) => command.getOptionValueSource(key) === "cli",
  );
  return Object.fromEntries(given.map(([key, value]) => [keyOf(key, value), value]));
}

/** Commander stores `--no-x` as `x: false`; a spec calls it `noX`. */
function keyOf(key: string, value: unknown): string {
  return value === false ? `no${key.charAt(0).toUpperCase()}${key.slice(1)}` : key;
}

function toOption(key: string, spec: OptionSpec): Option {
  const short = spec.short ? `-${spec.short}, ` : "";
  const value = valueWord(spec);
  const option = new Option(`${short}${flagOf(key)}${value}`, optionText(spec));
  if (spec.choices) {
    const choices = spec.choices;
    option.argParser((given: string, before: unknown) => {
      if (!choices.includes(given)) {
        throw new InvalidArgumentError(`Allowed are ${choices.join(", ")}.`);
      }
      return spec.many && Array.isArray(before) ? [...before, given] : spec.many ? [given] : given;
    });
  }
  return option;
}

function valueWord({ value, valueOptional, many }: OptionSpec): string {
  if (!value) return "";
  return valueOptional ? ` [${value}]` : ` <${value}${many ? "..." : ""}>`;
}

function toInput(
  spec: CommandSpec,
  words: readonly (string | string[] | undefined)[],
  given: Readonly<Record<string, unknown>>,
): Parameters<CommandSpec["run"]>[0] {
  const args: Record<string, string> = {};
  let names: string[] = [];
  for (const [index, arg] of spec.args.entries()) {
    const word = words[index];
    if (Array.isArray(word)) names = word;
    else if (word !== undefined) args[arg.name] = word;
  }
  const texts = Object.fromEntries(
    Object.entries(spec.options).map(([key, option]) => [key, textOf(option, given[key])]),
  );
  const keys = new Set([...Object.keys(given), ...Object.keys(args)]);
  if (names.length > 0) keys.add("names");
  checkOptionRules(spec, { keys, values: texts });
  const options = Object.entries(spec.options).map(([key, option]) => [
    key,
    parsed(option, texts[key]),
  ]);
  return { args, names, options: Object.fromEntries(options) };
}

/** What an option has as text: what was given, else its default. */
function textOf(option: OptionSpec, given: unknown): string | string[] | boolean | undefined {
  if (!option.value) return given !== undefined;
  // Commander reads an optional value that is not there as true.
  if (given === true) return "";
  return (given as string | string[] | undefined) ?? (option.many ? [] : option.default);
}

function parsed({ parse }: OptionSpec, text: ReturnType<typeof textOf>): unknown {
  if (!parse || text === undefined || typeof text === "boolean") return text;
  return Array.isArray(text) ? text.map(parse) : parse(text);
}

/** Whether a value of an option, as in `--format json`, means --json. */
function asksForJson(spec: CommandSpec, given: Readonly<Record<string, unknown>>): boolean {
  const options = Object.entries<OptionSpec>(spec.options);
  return options.some(([key, option]) => option.asksForJson && given[key] === "json");
}

function toFlags(given: Readonly<Record<string, unknown>>, json: boolean): GlobalFlags {
  const has = (key: keyof typeof globalOptions): boolean => given[key] !== undefined;
  if (has("quiet") && has("verbose")) {
    throw new UserError("--quiet and --verbose exclude each other.", {
      code: "usage",
      hint: "Leave one of them out.",
    });
  }
  return {
    ...(typeof given.checkout === "string" && { checkout: given.checkout }),
    json: json || has("json"),
    yes: has("yes"),
    quiet: has("quiet"),
    verbose: has("verbose"),
    noInput: has("noInput"),
    noColor: has("noColor"),
  };
}

function examplesOf(spec: CommandSpec): string {
  const lines = spec.examples.map(({ line, does }) => `  $ connect-webhook ${line}\n      ${does}`);
  return `\nExamples:\n${lines.join("\n")}`;
}

function usageError(error: CommanderError, command: string | undefined): UserError {
  // The line's own words, which the message quotes, may have several lines.
  const [, message = "", didYouMean] =
    /^(?:error: )?([\s\S]*?)(?:\n\((Did you mean [^\n]*)\))?$/.exec(error.message) ?? [];
  const isSafe = didYouMean !== undefined && !DESTRUCTIVE.some((name) => didYouMean.includes(name));
  const help = `Run connect-webhook ${command ? `${command} ` : ""}--help to see what is available.`;
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`
    .replace(". Expected", ", expected")
    .replace(/([^.])$/, "$1.");
  return new UserError(sentence === "(outputHelp)." ? "No command was given." : sentence, {
    code: "usage",
    hint: isSafe ? `${didYouMean} ${help}` : help,
  });
}

/** Characters of what went wrong that are shown. */
const LONGEST_MESSAGE = 20_000;
const LONGEST_STACK = 100_000;

/** Says what went wrong, as text or with `--json` as an object, and returns the exit code. */
function report(error: unknown, argv: readonly string[], { stdout, stderr, env }: Io): ExitCode {
  const out = createOutput({
    stdout,
    stderr,
    env,
    json: wantsJson(argv),
    quiet: false,
    verbose: argv.includes("--verbose") || argv.includes("-v"),
    colour: !argv.includes("--no-color"),
  });
  // Messages and hints quote what the user or a file said, which may hold anything.
  const { exitCode, code, hint: unsafeHint, place } = classify(error);
  const message = printableLine(messageOf(error), LONGEST_MESSAGE);
  const hint = unsafeHint === undefined ? undefined : printableLine(unsafeHint, LONGEST_MESSAGE);
  out.report({
    version: 1,
    error: { code, message, ...(hint !== undefined && { hint }), ...place },
  });
  out.error(message);
  if (hint !== undefined) out.say(`  ${hint}`);
  // What is wrong in a tree has its place, and what lacks on a machine may have a history.
  if (exitCode === ExitCode.Bug || (out.verbose && exitCode === ExitCode.Machine)) {
    // Of a bug that was found out elsewhere, the place where it happened.
    const origin = error instanceof BugError ? (error.cause ?? error) : error;
    out.say(out.paintStderr.dim(cutShort(stackOf(origin) ?? message, LONGEST_STACK)));
  }
  return exitCode;
}

/** Whether the answer is wanted as JSON, as far as can be told of a command line that may be wrong. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some((word, index) => {
    if (word === "json") return ["--format", "--reporter"].includes(argv[index - 1] ?? "");
    return ["--json", "--format=json", "--reporter=json"].includes(word);
  });
}

type Classified = Pick<UserError, "code"> & Partial<UserError> & { exitCode: ExitCode };

function classify(error: unknown): Classified {
  if (error instanceof UserError) {
    const { exitCode, code, hint, place } = error;
    return { exitCode, code, hint, place };
  }
  if (error instanceof CancelledError) return { exitCode: ExitCode.Cancelled, code: "cancelled" };
  const hint = "This is a bug of connect-webhook; please report it with the lines below.";
  return { exitCode: ExitCode.Bug, code: error instanceof BugError ? "bug" : "unexpected", hint };
}
