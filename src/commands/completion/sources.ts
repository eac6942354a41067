/** Where the values of arguments and options come from. Each is read only when it is asked for. */
import { resolve } from "node:path";
import type { Candidate } from "./candidates.ts";
import type { OptionRow } from "./table.ts";

/** Asks the shell for file names. */
export const FILES = ":files";

export interface Place {
  readonly cwd: string;
  /** The folder of `--checkout`. */
  readonly folder: string | undefined;
  /** The values of arguments before the cursor; the first is the integration, where a fixture follows. */
  readonly values: readonly string[];
}

export type Source = (place: Place) => Promise<Candidate[]>;

const nothing: Source = async () => [];
const files: Source = async () => [{ word: FILES }];

/**
 * Names come from strangers' files. One is left out that a terminal could take for a command, this program for an
 * option, or its script for a request; what a shell could take for more than a word is quoted by the script.
 */
const isPlain = (name: string): boolean => !/^[-:]|[\p{C}\p{Zl}\p{Zp}]/u.test(name);

const words = (names: readonly string[]): Candidate[] =>
  names.filter(isPlain).map((word) => ({ word }));

async function root({ cwd, folder }: Place): Promise<string> {
  const { findCheckout } = await import("../../checkout/find.ts");
  return findCheckout(resolve(cwd, folder ?? "."));
}

const integrations: Source = async (place) => {
  const { registeredNames } = await import("../../checkout/registered.ts");
  return words(await registeredNames(await root(place)));
};

const fixtures: Source = async (place) => {
  const { fixtureNames } = await import("../../checkout/registered.ts");
  return words(await fixtureNames(await root(place), place.values[0] ?? ""));
};

const categories: Source = async (place) => {
  const { registeredCategories } = await import("../../checkout/registered.ts");
  return words(await registeredCategories(await root(place)));
};

const rules: Source = async () => {
  const { rules: all } = await import("../../lint/rules/index.ts");
  return all.map(({ id, summary }) => ({ word: id, does: summary }));
};

const MAX_REFS = 200;

/** Branches and tags. */
const refs: Source = async (place) => {
  const { runGit } = await import("../../host/git.ts");
  const kinds = ["refs/heads", "refs/remotes", "refs/tags"];
  const command = ["for-each-ref", `--count=${MAX_REFS}`, "--format=%(refname:short)", ...kinds];
  const { stdout } = await runGit(command, { cwd: await root(place) });
  return words(stdout.split("\n").filter((name) => name !== ""));
};

const topics: Source = async (place) => {
  const { listGuides } = await import("../guides.ts");
  const guides = await listGuides();
  return [
    ...(await rules(place)),
    ...guides.map(({ name, summary }) => ({ word: name, does: summary })),
  ];
};

const shells: Source = async () => words((await import("./scripts.ts")).SHELLS);

/** By the argument's name. */
const ARGUMENTS: Readonly<Record<string, Source>> = {
  name: integrations,
  names: integrations,
  fixture: fixtures,
  rule: rules,
  topic: topics,
  shell: shells,
  dir: files,
};

/** By the option's key. */
const OPTIONS: Readonly<Record<string, Source>> = {
  integration: integrations,
  fixture: fixtures,
  category: categories,
  rule: rules,
  changed: refs,
  base: refs,
};

/** What the values of these options' words are: paths. */
const PATHS = /^(file|dir|folder|checkout|path)$/;

/** What completes an argument of a command. */
export function sourceOfArgument(command: string, argument: string): Source {
  // A new integration's name is nobody's yet.
  if (command === "new" && argument === "name") return nothing;
  return ARGUMENTS[argument] ?? nothing;
}

/** What completes the value of an option without fixed choices. */
export function sourceOfOption({ key, value = "" }: OptionRow): Source {
  return OPTIONS[key] ?? (PATHS.test(value) || key === "from" ? files : nothing);
}
