/** What a tool's call says, as words of a command line. */
import { UserError } from "../../errors.ts";
import { kindOfPath, resolveInside } from "../../host/files.ts";
import { type CommandSpec, flagOf, type OptionSpec } from "../define.ts";
import type { ToolChoice } from "./tools.ts";

/** A call's input, after the tool's schema has been held against it. */
export type Input = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What stands for a value that is a path. */
const PATHS = ["file", "dir"];

/**
 * @param input As its schema has it.
 * @param root The tree, which every path has to lie in, links resolved.
 * @returns The words after the program's name.
 * @throws UserError `outside-root`, or `no-file` for a pipe or a device, which all other calls would wait for.
 */
export function commandLineOf(
  { command, always = [], options }: ToolChoice,
  spec: CommandSpec,
  input: Input,
  root: string,
): string[] {
  const words = [command, ...always.map(flagOf)];
  for (const key of options) {
    const [option, value] = [spec.options[key], input[key]];
    if (option === undefined || value === undefined || value === false) continue;
    for (const one of valuesOf(value)) {
      if (one !== undefined && isPath(option)) requireInTree(root, one);
      words.push(one === undefined || isBare(option, one) ? flagOf(key) : `${flagOf(key)}=${one}`);
    }
  }
  return [
    ...words,
    "--json",
    "--no-color",
    ...spec.args.flatMap(({ name }) => wordsIn(input[name])),
  ];
}

/** A file of the tree, a folder, or nothing yet. */
export function requireInTree(root: string, path: string): void {
  if (kindOfPath(resolveInside(root, path)) !== "other") return;
  throw new UserError(`${path} is a device or a pipe, not a file.`, {
    code: "no-file",
    hint: "Put a file in its place.",
  });
}

/** The files that a call names. */
export function pathsIn(spec: CommandSpec, input: Input): string[] {
  return Object.entries(spec.options)
    .filter(([, option]) => isPath(option))
    .flatMap(([key]) => wordsIn(input[key]));
}

const isPath = ({ value }: OptionSpec): boolean => value !== undefined && PATHS.includes(value);

/** An option that may stand without its value does so for an empty text. */
const isBare = ({ valueOptional }: OptionSpec, value: string): boolean =>
  valueOptional === true && value === "";

/** One undefined for a switch. */
function valuesOf(value: Input[string]): readonly (string | undefined)[] {
  return typeof value === "boolean" ? [undefined] : wordsIn(value);
}

function wordsIn(value: Input[string] | undefined): readonly string[] {
  if (value === undefined || typeof value === "boolean") return [];
  return typeof value === "string" ? [value] : value;
}
