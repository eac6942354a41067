/** What may stand at the cursor of a command line that is being typed. */

import { FILES, type Source, sourceOfArgument, sourceOfOption } from "./sources.ts";
import { type CommandRow, type CommandTable, commandTable, type OptionRow } from "./table.ts";

export interface Candidate {
  readonly word: string;
  /** What it does, where there is something to say. */
  readonly does?: string | undefined;
}

const HELP: Candidate = { word: "help", does: "print the help of a command" };

/**
 * @param words The words after the program's name; the last one is what is typed of the current word.
 * @param cwd The folder the shell is in.
 */
export async function candidates(words: readonly string[], cwd: string): Promise<Candidate[]> {
  const table = await commandTable();
  const line = readLine(table, words);
  const found = await candidatesOf(table, line, cwd);
  return found.filter(({ word }) => word === FILES || word.startsWith(line.current));
}

interface Line {
  readonly command: CommandRow | undefined;
  /** The option whose value is typed. */
  readonly option: OptionRow | undefined;
  /** The values of arguments before the cursor. */
  readonly values: readonly string[];
  /** What is typed of the current word, without `--option=`. */
  readonly current: string;
  /** The folder of `--checkout`. */
  readonly folder: string | undefined;
  /** Flags that stand on the line. */
  readonly used: ReadonlySet<string>;
}

function readLine(table: CommandTable, words: readonly string[]): Line {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? "";
  const values: string[] = [];
  const used = new Set<string>();
  let command: CommandRow | undefined;
  let option: OptionRow | undefined;
  let folder: string | undefined;
  const optionOf = (word: string): OptionRow | undefined =>
    [...(command?.options ?? []), ...table.globals].find(({ flags }) => flags.includes(word));
  for (const word of before) {
    // Some shells make a word of its own of the `=` in `--option=value`.
    if (word === "=") continue;
    if (word.startsWith("-")) {
      const [flag = "", value] = word.split("=", 2);
      const found = optionOf(flag);
      used.add(flag);
      if (found?.key === "checkout" && value !== undefined) folder = value;
      option = found?.value !== undefined && value === undefined ? found : undefined;
    } else if (option) {
      if (option.key === "checkout") folder = word;
      if (!option.many) option = undefined;
    } else if (command) values.push(word);
    else command = table.commands.find(({ name }) => name === word) ?? unknown(word);
  }
  const [flag = "", value] = typed.startsWith("--") ? typed.split("=", 2) : [];
  if (value !== undefined) option = optionOf(flag);
  else if (typed.startsWith("-")) option = undefined;
  const inline = value !== undefined && option !== undefined;
  const current = typed === "=" ? "" : inline ? value : typed;
  return { command, option, values, current, folder, used };
}

const unknown = (name: string): CommandRow => ({ name, summary: "", args: [], options: [] });

async function candidatesOf(table: CommandTable, line: Line, cwd: string): Promise<Candidate[]> {
  const { command, option, values, current, folder, used } = line;
  const at = { cwd, folder, values };
  if (option) {
    return option.choices?.map((word) => ({ word })) ?? sourceOfOption(option)(at);
  }
  if (current.startsWith("-")) {
    return [...(command?.options ?? []), ...table.globals]
      .filter(({ flags, many }) => many || !flags.some((flag) => used.has(flag)))
      .flatMap(({ flags, description }) =>
        flags.map((word) => ({ word, does: oneLine(description) })),
      )
      .filter(({ word }) => current.startsWith("--") === word.startsWith("--") || current === "-");
  }
  const names = table.commands.map(({ name, summary }) => ({ word: name, does: summary }));
  if (!command) return [...names, HELP];
  if (command.name === HELP.word) return values.length === 0 ? names : [];
  const argument = command.args[values.length] ?? command.args.findLast(({ many }) => many);
  if (!argument) return [];
  const source: Source = sourceOfArgument(command.name, argument.name);
  const given = new Set(argument.many ? values : []);
  return (await source(at)).filter(({ word }) => !given.has(word));
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 80);
