/**
 * The environment variables of a run of the program. Those of the process, unless whoever runs the program hands it
 * others: several runs in one process must not share them.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { homedir } from "node:os";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const given = new AsyncLocalStorage<Environment>();

/** Runs work, and all that it starts, with these variables in place of the process's own. */
export function withEnvironment<T>(variables: Environment, work: () => T): T {
  return given.run(variables, work);
}

/** All variables of this run. */
export function environmentVariables(): Environment {
  return given.getStore() ?? process.env;
}

/** What the user sets instead of a word on the command line, where others could read it; an empty value counts as none. */
export function environment(name: `CONNECT_WEBHOOK_${string}`): string | undefined {
  return environmentVariables()[name] || undefined;
}

/** The user's home folder. */
export function homeFolder(): string {
  return environmentVariables().HOME || homedir();
}

/** Whether nobody sits at this machine: `CI` is set, as every service for continuous integration does. */
export function isCi(): boolean {
  const { CI = "" } = environmentVariables();
  return CI !== "" && CI !== "0" && CI !== "false";
}
