/**
 * Reads data of a stranger's into new objects of a known shape. Nothing else of it gets through: no key that was not
 * asked for, no depth, no length past its bound. By hand and not by a library: this is loaded with each start.
 */
import { isRecord } from "../host/json.ts";
import { cut } from "./bounds.ts";

/** What does not have its shape; the message says in a few words where. */
export class MisfitError extends Error {}

/** Makes a value of data, or throws a MisfitError. `where` names it in words. */
export type Read<T> = (value: unknown, where: string) => T;

/** A member that may be left out. */
export interface Optional<T> {
  optional: Read<T>;
}

type Members = Record<string, Read<unknown> | Optional<unknown>>;
type ValueOf<R> = R extends Read<infer T> ? T : never;
type RequiredNames<M extends Members> = {
  [K in keyof M]: M[K] extends Optional<unknown> ? never : K;
}[keyof M];
type ObjectOf<M extends Members> = { [K in RequiredNames<M>]: ValueOf<M[K]> } & {
  [K in Exclude<keyof M, RequiredNames<M>>]?: M[K] extends Optional<infer T> ? T : never;
};

function misfit(where: string, what: string): never {
  throw new MisfitError(`${where} ${what}`);
}

/** A text that is cut when it is longer. */
export function shown(most: number): Read<string> {
  return (value, where) =>
    typeof value === "string" ? cut(value, most) : misfit(where, "is no text");
}

/**
 * A text that must not be longer, and is kept as it is.
 * @param pattern What it has to be like.
 */
export function text(most: number, pattern?: RegExp): Read<string> {
  return (value, where) => {
    if (typeof value !== "string") return misfit(where, "is no text");
    if (value.length > most) return misfit(where, "is too long");
    if (pattern && !pattern.test(value)) return misfit(where, "is not what it should be");
    return value.toWellFormed();
  };
}

/** A whole number within bounds. */
export function integer(least: number, most: number): Read<number> {
  return (value, where) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : misfit(where, `is no whole number from ${least} to ${most}`);
}

/** One of some texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): Read<T> {
  return (value, where) =>
    choices.find((choice) => choice === value) ?? misfit(where, "is none of those there are");
}

/** A list of at most so many values. */
export function list<T>(read: Read<T>, most: number): Read<T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) return misfit(where, "is no list");
    if (value.length > most) return misfit(where, `has more than ${most} entries`);
    return value.map((one) => read(one, `an entry of ${where}`));
  };
}

/** A list of two values. */
export function pair<A, B>(first: Read<A>, second: Read<B>): Read<[A, B]> {
  return (value, where) =>
    Array.isArray(value) && value.length === 2
      ? [first(value[0], `the first of ${where}`), second(value[1], `the second of ${where}`)]
      : misfit(where, "is no pair");
}

/** An object with names of the stranger's own, at most so many of them. */
export function record<T>(
  name: Read<string>,
  read: Read<T>,
  most: number,
): Read<Record<string, T>> {
  return (value, where) => {
    const entries = Object.entries(objectIn(value, where));
    if (entries.length > most) return misfit(where, `has more than ${most} entries`);
    // Defined and not assigned, so that `__proto__` is a name like any other.
    return Object.fromEntries(
      entries.map(([key, one]) => [
        name(key, `a name in ${where}`),
        read(one, `a value of ${where}`),
      ]),
    );
  };
}

/** An object with these members; others are left behind, and so is an optional one that is null. */
export function object<M extends Members>(members: M): Read<ObjectOf<M>> {
  const wanted = Object.entries(members);
  return (value, where) => {
    const given = objectIn(value, where);
    const made: Record<string, unknown> = {};
    for (const [name, read] of wanted) {
      const member = Object.hasOwn(given, name) ? given[name] : undefined;
      if (typeof read === "function") made[name] = read(member, `${name} of ${where}`);
      else if (member !== undefined && member !== null) {
        const found = read.optional(member, `${name} of ${where}`);
        if (found !== undefined) made[name] = found;
      }
    }
    return made as ObjectOf<M>;
  };
}

export function optional<T>(read: Read<T>): Optional<T> {
  return { optional: read };
}

/** A value, or null. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, where) => (value === null ? null : read(value, where));
}

function objectIn(value: unknown, where: string): Record<string, unknown> {
  return isRecord(value) ? value : misfit(where, "is no object");
}
