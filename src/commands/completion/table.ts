/**
 * The command line as data, for completion. Loading every command takes longer than anybody waits for a key, so the
 * table is kept in the cache folder, under the version and the time of the build.
 */
import { packageVersion, programTime } from "../../host/assets.ts";
import { cacheDir } from "../../host/cache.ts";
import { readTextIfExists } from "../../host/files.ts";
import { writeCached } from "../../host/unpack.ts";
import { type CommandSpec, flagOf, globalOptions, type OptionSpec } from "../define.ts";
import { commands } from "../index.ts";

export interface OptionRow {
  readonly flags: readonly string[];
  readonly description: string;
  /** The word that stands for the value; undefined for a switch. */
  readonly value?: string;
  readonly key: string;
  readonly many?: boolean;
  readonly valueOptional?: boolean;
  readonly choices?: readonly string[];
}

export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly { readonly name: string; readonly many: boolean }[];
  readonly options: readonly OptionRow[];
}

export interface CommandTable {
  readonly commands: readonly CommandRow[];
  readonly globals: readonly OptionRow[];
}

/** The table of this build: the kept one, else it is made and kept. */
export async function commandTable(): Promise<CommandTable> {
  const path = cacheDir("completion", `${packageVersion()}-${programTime()}.json`);
  const kept = await readTextIfExists(path).catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as CommandTable;
  const table = await makeTable();
  // A cache that takes no files only costs time.
  await writeCached(path, JSON.stringify(table)).catch(() => undefined);
  return table;
}

/** Makes the table from the commands themselves. */
export async function makeTable(): Promise<CommandTable> {
  const rows = commands.map(async ({ name, summary, load }): Promise<CommandRow> => {
    const { args, options }: CommandSpec = await load();
    return {
      name,
      summary,
      args: args.map((arg) => ({ name: arg.name, many: arg.many === true })),
      options: rowsOf(options),
    };
  });
  return { commands: await Promise.all(rows), globals: rowsOf(globalOptions) };
}

function rowsOf(options: Readonly<Record<string, OptionSpec>>): OptionRow[] {
  return Object.entries(options).map(([key, option]) => {
    const { description, value, many, valueOptional, choices, short } = option;
    const flags = [flagOf(key), ...(short === undefined ? [] : [`-${short}`])];
    return {
      key,
      flags,
      description,
      ...(value !== undefined && { value }),
      ...(many && { many }),
      ...(valueOptional && { valueOptional }),
      ...(choices && { choices }),
    };
  });
}
