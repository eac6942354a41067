/**
 * What a command is: one typed literal with its arguments, options, examples and a short `run`.
 * The command line, `--help`, the pages in docs/commands/ and the tests are all made from it.
 */
import type { Checkout } from "../checkout/model.ts";
import type { ExitCode } from "../errors.ts";
import type { ReadStream, Terminal, WriteStream } from "../host/keys.ts";
import type { Signals } from "../host/signals.ts";
import type { Output } from "../ui/output.ts";
import type { Prompts } from "../ui/prompts.ts";
import type { Pools } from "./pools.ts";

/** A positional argument. */
export interface ArgumentSpec {
  name: string;
  description: string;
  required?: boolean;
  /** Takes all that remain; only the last argument may. */
  many?: boolean;
}

/** An option. Its flag is its key in kebab-case. What it says of itself is checked before `run` is called. */
export interface OptionSpec<T = unknown> {
  description: string;
  /** The word that stands for the value in help; an option without one is a switch. */
  value?: string;
  /** The option may stand without its value, which then reads as an empty text. */
  valueOptional?: boolean;
  /** May be given several times, and takes several values at once. */
  many?: boolean;
  /** A letter that does the same. */
  short?: string;
  /** The only values it takes. */
  choices?: readonly string[];
  default?: string;
  /**
   * Turns the text, or the default, into what the command works with; of an option with many values, each.
   * @throws UserError `usage`.
   */
  parse?: (text: string) => T;
  /** What it cannot be had with, and why: the reason ends the sentence, and may be empty. */
  conflicts?: Partial<Record<Condition, string>>;
  /** It means something only beside one of these. */
  requires?: readonly Condition[];
  /** Its value `json` means the same as --json. */
  asksForJson?: boolean;
}

/**
 * What a command line may hold, for rules about it: an option, also a global one, by its key; an option with a certain
 * value as `key=value`; an argument by its name.
 */
export type Condition = string;

type Parsed<S extends OptionSpec> = S extends { parse: (text: string) => infer T }
  ? T
  : S extends { choices: readonly (infer Choice)[] }
    ? Choice
    : string;

type OptionValue<S extends OptionSpec> = S extends { value: string; many: true }
  ? Parsed<S>[]
  : S extends { value: string; default: string }
    ? Parsed<S>
    : S extends { value: string }
      ? Parsed<S> | undefined
      : boolean;

export interface Example {
  /** The command line, without the program's name. */
  line: string;
  /** What it does, as a sentence. */
  does: string;
}

/** What every command is handed besides its own input. */
export interface Context {
  readonly out: Output;
  readonly prompts: Prompts;
  /** The terminal, for single keys; undefined where nobody can press one, or see what it does. */
  readonly terminal: Terminal | undefined;
  /** The folder the program was started in. */
  readonly cwd: string;
  /** The folder of `--checkout`, as an absolute path; undefined when it was left out. */
  readonly folder: string | undefined;
  /** `--yes` was given. */
  readonly yes: boolean;
  /** Aborted when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
  /** To tell that ending takes its time, or is how the command usually ends. */
  readonly signals: Signals;
  /** Programs that outlive this command line. */
  readonly pools: Pools | undefined;
  /**
   * The Connect tree to work in: `--checkout`, else the nearest parent folder that is one.
   * @throws UserError `no-checkout` when there is none.
   */
  checkout(): Promise<Checkout>;
  /** stdin and stdout as they are, for a command that speaks a protocol there. */
  readonly streams: { readonly input: ReadStream; readonly output: WriteStream };
  /** Runs another command line of this program, without a terminal. */
  run(argv: readonly string[], options: NestedRun): Promise<NestedResult>;
}

/** How a command line runs within another one. */
export interface NestedRun {
  /** The folder that it runs in. */
  readonly cwd: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Programs that outlive it. */
  readonly pools?: Pools | undefined;
}

/** What came of it. */
export interface NestedResult {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandInput<O extends Record<string, OptionSpec>> {
  args: Record<string, string>;
  /** The values of the argument that takes many. */
  names: string[];
  options: { [K in keyof O]: OptionValue<O[K]> };
}

/** What has to be known of a command before it is loaded; `entries.ts` repeats it. */
interface CommandHead {
  name: string;
  /** What it does, in some ten words, for the list of commands. */
  summary: string;
  /** It runs views or tests, unless one of these words is said. */
  runsPythonUnless?: readonly string[];
  /** It mostly ends within moments, and holds nothing meanwhile that has to be closed. */
  isQuick?: boolean;
}

/** A command in the list of commands. Each is loaded only when it runs, so that `--help` stays quick. */
export interface CommandEntry extends CommandHead {
  load(): Promise<CommandSpec>;
}

export interface CommandSpec<O extends Record<string, OptionSpec> = Record<string, OptionSpec>>
  extends CommandHead {
  /** A paragraph or two for `--help`. */
  description: string;
  args: ArgumentSpec[];
  options: O;
  /** For a command that `--checkout` would mislead: how it refuses it. Others that use no tree ignore it, as aliases have it. */
  withoutTree?: { why: string; hint: string };
  examples: Example[];
  /** @returns The exit code; nothing means 0. */
  run(input: CommandInput<O>, context: Context): Promise<ExitCode | undefined>;
}

/** The values of options, as a command gets them. */
export type OptionsOf<O extends Record<string, OptionSpec>> = CommandInput<O>["options"];

/** Declares options outside of their command. */
export function defineOptions<const O extends Record<string, OptionSpec>>(options: O): O {
  return options;
}

/** Declares a command; the types of `run`'s input come from its options. */
export function defineCommand<const O extends Record<string, OptionSpec>>(
  spec: CommandSpec<O>,
): CommandSpec<O> {
  return spec;
}

/** The flag of an option: `displayName` is `--display-name`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What an option does, with the values it takes and the one it has by itself. */
export function optionText({ description, choices, default: fallback }: OptionSpec): string {
  const values = choices ? ` (${choices.join(", ")})` : "";
  return `${description}${values}${fallback === undefined ? "" : ` Default: ${fallback}.`}`;
}

/** The options that every command takes. */
export const globalOptions = {
  checkout: {
    value: "dir",
    short: "C",
    description: "work in this Connect tree (default: the nearest parent folder that is one)",
  },
  json: { description: "print one JSON object to stdout instead of text" },
  yes: { short: "y", description: "answer yes to all prompts" },
  noInput: { description: "never prompt; a missing answer is an error" },
  quiet: { short: "q", description: "print only results and errors" },
  verbose: { short: "v", description: "print more details" },
  noColor: { description: "print without colour" },
} as const satisfies Record<string, OptionSpec>;
