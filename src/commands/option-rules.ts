/** The rules that options state about themselves, applied to a command line. */
import type { UserError } from "../errors.ts";
import { type CommandSpec, type Condition, flagOf, type OptionSpec } from "./define.ts";
import { usage } from "./option-values.ts";

/** What stood on a command line. */
export interface GivenWords {
  /** The keys of the options, global ones included, and the names of the arguments. */
  keys: ReadonlySet<string>;
  /** The texts of the command's own options by key, defaults included. */
  values: Readonly<Record<string, unknown>>;
}

/**
 * Refuses options that exclude each other, and those that would be ignored.
 * @throws UserError `usage`.
 */
export function checkOptionRules(spec: CommandSpec, { keys, values }: GivenWords): void {
  const holds = (condition: Condition): boolean => {
    const [key = "", value] = condition.split("=");
    return value === undefined ? keys.has(key) : values[key] === value;
  };
  const { withoutTree } = spec;
  if (withoutTree && keys.has("checkout")) throw usage(withoutTree.why, withoutTree.hint);
  for (const [key, option] of Object.entries<OptionSpec>(spec.options)) {
    if (!keys.has(key)) continue;
    for (const [other, why] of Object.entries(option.conflicts ?? {})) {
      if (holds(other)) throw excluding(spec, key, other, why ?? "");
    }
    // --json would win, and the other be ignored.
    if (option.asksForJson && keys.has("json") && values[key] !== "json")
      throw excluding(spec, `${key}=${values[key]}`, "json", "both say how to print");
    const { requires } = option;
    if (requires && !requires.some(holds)) throw alone(spec, key, requires);
  }
}

function excluding(spec: CommandSpec, key: Condition, other: Condition, why: string): UserError {
  const reason = why === "" ? "" : `: ${why}`;
  const [flag, rest] = [written(spec, key), written(spec, other)];
  const both = other === "names" ? `Names and ${flag}` : `${flag} and ${rest}`;
  return usage(`${both} exclude each other${reason}.`, "Leave one of them out.");
}

function alone(spec: CommandSpec, key: string, requires: readonly Condition[]): UserError {
  const wanted = requires.map((condition) => written(spec, condition)).join(" or ");
  return usage(`${flagOf(key)} is for ${wanted}.`, `Add ${wanted}, or leave it out.`);
}

/** A condition as it is typed. */
function written({ args }: CommandSpec, condition: Condition): string {
  const [key = "", value] = condition.split("=");
  const argument = args.find(({ name }) => name === key);
  if (argument) return argument.many ? argument.name : `<${argument.name}>`;
  return value === undefined ? flagOf(key) : `${flagOf(key)} ${value}`;
}
