/** The checks of ruff, with the settings that the tree itself gives it. */
import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import { messageOf } from "../errors.ts";
import { builtPath } from "../host/assets.ts";
import { environment } from "../host/environment.ts";
import { listDirectory, readTextIfExists } from "../host/files.ts";
import { Thread } from "../host/thread.ts";
import { openAnswers } from "./cache/answers.ts";
import { loadRuff, type RuffAnswer, type RuffFinding, type RuffQuestion } from "./ruff-checker.ts";

/** Ruff, ready to check files of one tree. */
export interface Ruff {
  /** Why it does not understand the tree's settings, as half a sentence; undefined when it does. */
  refusal(): Promise<string | undefined>;
  /** @param path Relative to the tree's root; decides what `per-file-ignores` says about it. */
  check(path: string, text: string): Promise<RuffFinding[]>;
  /** @returns The text as ruff would write it. */
  format(text: string): Promise<string>;
  /** Frees what it holds, and keeps what it found for the next run. */
  close(): Promise<void>;
}

/** The program that `tools/lint` formats Python with: `ruff format`, or black in trees of before 2024. */
export function formatterIn(linter: string): "ruff" | "black" | undefined {
  if (/"ruff",\s*"format"/.test(linter)) return "ruff";
  return /\["black"\]/.test(linter) ? "black" : undefined;
}

type Table = Record<string, unknown>;

/** Settings that stand beside the `lint` table; older trees write everything there. */
const general = new Set([
  "line-length",
  "target-version",
  "indent-width",
  "preview",
  "required-version",
]);
/** Settings about paths, which the embedded ruff knows nothing of. */
const paths =
  /^(src|exclude|extend-exclude|include|extend-include|respect-gitignore|force-exclude|cache-dir|namespace-packages|builtins|output-format|show-fixes|fix|fix-only|unsafe-fixes|show-source|format|analyze|lint|extend)$/;

/**
 * Opens ruff with the tree's settings. What it said about a text is kept in the cache folder: the same text with the
 * same settings has the same findings.
 * @param root The tree's absolute root.
 * @returns Undefined when the tree has no settings for it; a text when they cannot be read, as half a sentence.
 */
export async function openRuff(root: string): Promise<Ruff | string | undefined> {
  let settings: Table | undefined;
  try {
    settings = await readRuffSettings(root);
  } catch (error) {
    if (error instanceof TomlError) return "the tree's settings for ruff are no TOML";
    throw error;
  }
  if (settings === undefined) return undefined;
  if (settings.extend !== undefined) return "the tree's settings for ruff extend another file";
  const { options, ignores } = translate(settings, await packagesOf(root));
  const cache = await openAnswers<RuffFinding[]>("ruff", options);
  const formats = await openAnswers<string>("ruff-format", options);
  let checker: Promise<Checker> | undefined;
  const checked = async (text: string): Promise<RuffFinding[]> => {
    checker ??= openChecker(options);
    return (await checker)({ ask: "findings", text }) as Promise<RuffFinding[]>;
  };
  // Settings that something was found with are known to work.
  const refusal = cache.isEmpty ? checked("").then(() => undefined, refusalOf) : undefined;
  return {
    refusal: async () => refusal,
    async check(path, text) {
      const found = await cache.get([text], () => checked(text));
      const off = ignores.filter(({ fits }) => fits(path)).flatMap(({ codes }) => codes);
      return found.filter(({ code }) => !off.some((prefix) => code.startsWith(prefix)));
    },
    async format(text) {
      const written = await formats.get([text], async () => {
        checker ??= openChecker(options);
        return (await checker)({ ask: "format", text }) as Promise<string>;
      });
      return written;
    },
    async close() {
      await checker?.then(({ end }) => end());
      await formats.save();
      await cache.save();
    },
  };
}

function refusalOf(error: unknown): string {
  return `ruff does not understand the tree's settings (${messageOf(error).split("\n")[0]})`;
}

interface Checker {
  (question: RuffQuestion): Promise<RuffAnswer>;
  end(): Promise<void>;
}

/**
 * Ruff takes as long as all rules that look at an edited view, so it runs in a thread beside them. With
 * CONNECT_WEBHOOK_PLAIN_START=1 it does not.
 */
async function openChecker(options: Table): Promise<Checker> {
  if (environment("CONNECT_WEBHOOK_PLAIN_START") === "1") {
    const answer = await loadRuff(options);
    return Object.assign(async (question: RuffQuestion) => answer(question), {
      end: async () => {},
    });
  }
  const thread = new Thread(builtPath("lint/ruff-thread.js"), options);
  return Object.assign((question: RuffQuestion) => thread.ask(question) as Promise<RuffAnswer>, {
    end: () => thread.end(),
  });
}

/** The first of the files that ruff itself would read. */
async function readRuffSettings(root: string): Promise<Table | undefined> {
  for (const name of [".ruff.toml", "ruff.toml"]) {
    const text = await readTextIfExists(join(root, name));
    if (text !== undefined) return parse(text);
  }
  const text = await readTextIfExists(join(root, "pyproject.toml"));
  const tool = text === undefined ? undefined : (parse(text).tool as Table | undefined);
  return tool?.ruff as Table | undefined;
}

function translate(
  settings: Table,
  packages: readonly string[],
): { options: Table; ignores: { fits: (path: string) => boolean; codes: string[] }[] } {
  const entries = Object.entries(settings);
  const options: Table = Object.fromEntries(entries.filter(([key]) => general.has(key)));
  delete options["required-version"];
  const lint: Table = {
    ...Object.fromEntries(entries.filter(([key]) => !general.has(key) && !paths.test(key))),
    ...(settings.lint as Table | undefined),
  };
  const ignored = {
    ...(lint["per-file-ignores"] as object),
    ...(lint["extend-per-file-ignores"] as object),
  };
  delete lint["per-file-ignores"];
  delete lint["extend-per-file-ignores"];
  // Ruff finds out by itself which packages are the tree's own; here it sees one file at a time.
  const isort = (lint.isort ?? {}) as Table;
  const first = [...textsIn(isort["known-first-party"]), ...packages];
  lint.isort = { ...isort, "known-first-party": first };
  const { format } = settings;
  return {
    options: { ...options, lint, ...(typeof format === "object" ? { format } : {}) },
    ignores: Object.entries(ignored).map(([glob, codes]) => ({
      fits: fromGlob(glob),
      codes: textsIn(codes),
    })),
  };
}

/** Characters; no path is longer. */
const LONGEST_GLOB = 4_000;

/** The texts of a list: what a setting holds is whatever the tree says. */
function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/**
 * A pattern without a slash fits the file's name anywhere, as in ruff. By hand and not by a regular expression, which
 * would try every way of sharing a path out among the stars.
 */
function fromGlob(glob: string): (path: string) => boolean {
  if (glob.length > LONGEST_GLOB) return () => false;
  const pattern = glob.replace(/^\.?\//, "").match(/\*\*\/?|[\s\S]/gu) ?? [];
  return (path) => {
    const begins = glob.includes("/") ? path : path.slice(path.lastIndexOf("/") + 1);
    // Which beginnings of the pattern fit what was read of the path so far.
    let fitting = pastStars(pattern, [0]);
    for (const letter of begins) {
      const next = [...fitting].flatMap((at) => {
        const sign = pattern[at];
        if (sign?.startsWith("**")) return [at];
        if (sign === "*") return letter === "/" ? [] : [at];
        return sign === letter || (sign === "?" && letter !== "/") ? [at + 1] : [];
      });
      fitting = pastStars(pattern, next);
    }
    return fitting.has(pattern.length);
  };
}

/** The same places, and those behind stars that fit nothing. */
function pastStars(pattern: readonly string[], places: readonly number[]): Set<number> {
  const reached = new Set(places);
  // A place that is added is looked at as well.
  for (const place of reached) if (pattern[place]?.startsWith("*")) reached.add(place + 1);
  return reached;
}

/** The top-level folders, which are the tree's own packages. */
async function packagesOf(root: string): Promise<string[]> {
  const entries = await listDirectory(root);
  return entries
    .filter(({ name, kind }) => kind === "directory" && /^[a-z_]\w*$/i.test(name))
    .map(({ name }) => name);
}
