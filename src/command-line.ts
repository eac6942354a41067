/** argv to command to exit code. The only file that sets the exit code. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type CommandSpec, flagOf, globalOptions, type OptionSpec } from "./commands/define.ts";
import { type CommandEntry, commandName, commands, HELP } from "./commands/index.ts";
import { createContext, type GlobalFlags } from "./context.ts";
import { BugError, CancelledError, ExitCode, messageOf, UserError } from "./errors.ts";
import { packageVersion } from "./host/assets.ts";
import type { Signals } from "./host/signals.ts";
import { createOutput } from "./ui/output.ts";
import { printable, printableLine } from "./ui/text.ts";

/**
 * Runs the program.
 * @param argv The words after the program's name.
 * @param signals What tells it to end.
 */
export async function runProgram(argv: readonly string[], signals: Signals): Promise<void> {
  const { signal } = signals;
  watchStreams();
  try {
    signal.throwIfAborted();
    process.exitCode = await runCommandLine(argv, signals);
  } catch (error) {
    process.exitCode = report(signal.aborted ? signal.reason : error, argv);
  }
}

/** A reader that closes its end, as `head` does, is not an error; an output that can't be written is. */
function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? ExitCode.Ok);
    process.stderr.write(`✗ Could not write the output: ${error.message}.\n`);
    process.exit(ExitCode.Machine);
  });
  // Without a place for talk the results still count.
  process.stderr.on("error", () => undefined);
}

async function runCommandLine(
  argv: readonly string[],
  { signal, guarded }: Signals,
): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.Ok;
  const program = createProgram();
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
      await guarded;
      exitCode = (await spec.run(input, createContext(flags, signal))) ?? ExitCode.Ok;
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

function createProgram(): Command {
  const program = new Command("connect-webhook")
    .description("Write, test, picture and check Connect webhook integrations.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(`${HELP} [command]`, "print the help of a command")
    .showSuggestionAfterError()
    .exitOverride()
    // Errors are printed by `report`, in one place and one form.
    .configureOutput({
      writeErr: (text) => void (text.startsWith("Usage:") && process.stderr.write(text)),
      outputError: () => undefined,
    });
  for (const [key, spec] of Object.entries(globalOptions)) program.addOption(toOption(key, spec));
  return program.addHelpText(
    "after",
    "\nRun connect-webhook <command> --help for the options and examples of a command.",
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
    const values = { ...command.opts(), ...givenOptions(program), ...givenOptions(command) };
    await run(spec, toInput(spec, command, values), toFlags(values));
  });
}

/** The options that stood on the command line, without defaults. */
function givenOptions(command: Command): Record<string, unknown> {
  const given = Object.entries(command.opts()).filter(
    ([key]) => command.getOptionValueSource(key) === "cli",
  );
  return Object.fromEntries(given);
}

function toOption(key: string, spec: OptionSpec): Option {
  const short = spec.short ? `-${spec.short}, ` : "";
  const value = valueWord(spec);
  const option = new Option(`${short}${flagOf(key)}${value}`, spec.description);
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

/** Commander stores `--no-x` as `x: false`; a spec calls it `noX`. */
function switchValue(values: Record<string, unknown>, key: string): boolean {
  if (!/^no[A-Z]/.test(key)) return values[key] === true;
  return values[key.charAt(2).toLowerCase() + key.slice(3)] === false;
}

function toInput(
  spec: CommandSpec,
  command: Command,
  values: Record<string, unknown>,
): Parameters<CommandSpec["run"]>[0] {
  const args: Record<string, string> = {};
  let names: string[] = [];
  for (const [index, arg] of spec.args.entries()) {
    const given = command.processedArgs[index] as string | string[] | undefined;
    if (Array.isArray(given)) names = given;
    else if (given !== undefined) args[arg.name] = given;
  }
  const options: Record<string, string | string[] | boolean | undefined> = {};
  for (const [key, option] of Object.entries(spec.options)) {
    if (!option.value) options[key] = switchValue(values, key);
    // Commander reads an optional value that is not there as true.
    else if (values[key] === true) options[key] = "";
    else options[key] = (values[key] as string | string[] | undefined) ?? emptyValue(option);
  }
  return { args, names, options: options as never };
}

function emptyValue(option: OptionSpec): string | string[] | undefined {
  return option.many ? [] : option.default;
}

function toFlags(values: Record<string, unknown>): GlobalFlags {
  if (values.quiet === true && values.verbose === true) {
    throw new UserError("--quiet and --verbose exclude each other.", {
      code: "usage",
      hint: "Leave one of them out.",
    });
  }
  return {
    ...(typeof values.checkout === "string" && { checkout: values.checkout }),
    json: values.json === true,
    yes: values.yes === true,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    noInput: switchValue(values, "noInput"),
    noColor: switchValue(values, "noColor"),
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
  const help = `Run connect-webhook ${command ? `${command} ` : ""}--help to see what there is.`;
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`
    .replace(". Expected", ", expected")
    .replace(/([^.])$/, "$1.");
  return new UserError(sentence === "(outputHelp)." ? "No command was given." : sentence, {
    code: "usage",
    hint: didYouMean ? `${didYouMean} ${help}` : help,
  });
}

/** Says what went wrong, as text or with `--json` as an object, and returns the exit code. */
function report(error: unknown, argv: readonly string[]): ExitCode {
  const out = createOutput({
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    json: argv.includes("--json"),
    quiet: false,
    verbose: argv.includes("--verbose") || argv.includes("-v"),
    colour: !argv.includes("--no-color"),
  });
  // Messages and hints quote what the user or a file said, which may hold anything.
  const { exitCode, code, hint: unsafeHint } = classify(error);
  const message = printableLine(messageOf(error));
  const hint = unsafeHint === undefined ? undefined : printableLine(unsafeHint);
  out.report({ version: 1, error: { code, message, ...(hint !== undefined && { hint }) } });
  out.error(message);
  if (hint !== undefined) out.say(`  ${hint}`);
  if (exitCode === ExitCode.Bug || out.verbose) {
    // Of a bug that was found out elsewhere, the place where it happened.
    const origin = error instanceof BugError ? (error.cause ?? error) : error;
    const stack = origin instanceof Error ? origin.stack : undefined;
    out.say(out.paintTalk.dim(printable(stack ?? message)));
  }
  return exitCode;
}

function classify(error: unknown): { exitCode: ExitCode; code: string; hint?: string } {
  if (error instanceof UserError) {
    const { exitCode, code, hint } = error;
    return { exitCode, code, ...(hint !== undefined && { hint }) };
  }
  if (error instanceof CancelledError) return { exitCode: ExitCode.Cancelled, code: "cancelled" };
  const hint = "This is a bug of connect-webhook; please report it with the lines below.";
  return { exitCode: ExitCode.Bug, code: error instanceof BugError ? "bug" : "unexpected", hint };
}
