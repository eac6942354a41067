/**
 * What each rule found about each integration, kept in the cache folder from one run to the next. It counts for as long
 * as everything that the rule has read for it is as it was: see `host/reads.ts`. So an edit of a view does not have the
 * rules run that only look at pictures.
 */
import type { Checkout } from "../../checkout/model.ts";
import { digest } from "../../host/checksum.ts";
import { cachePath, readCachedJson, writeCachedJson } from "../../host/json-cache.ts";
import type { FactReaders } from "../../host/verify-reads.ts";
import type { KnownReport, Report, Subject, SubjectReads } from "../report.ts";
import type { LintSettings } from "../settings.ts";
import { ListsInUse, type ReadLists, StoredReads } from "./stored-reads.ts";

/** Ids of the rules that looked; `all` for every rule that the settings let run. */
export type RuleSelection = "all" | readonly string[];

interface Entry extends Pick<Report, "problems" | "skipped"> {
  readonly selection: RuleSelection;
  /** Places of lists of reads: first what any rule was found to apply from, then what some rules have read, with them. */
  readonly base: number;
  readonly groups: readonly (readonly [list: number, rules: readonly string[]])[];
}

interface Contents extends ReadLists {
  readonly entries: Readonly<Record<string, Entry>>;
}

const nothing: Contents = { reads: [], lists: [], entries: {} };

/** The cache's file, and what is in it; undefined when there is nothing. */
export interface StoredFindings {
  readonly path: string;
  readonly contents: Contents | undefined;
}

/**
 * Reads what `FindingsCache` wrote.
 * @param program What `programIdentity` said.
 */
export async function readFindings(
  checkout: Checkout,
  { severities }: LintSettings,
  program: string,
): Promise<StoredFindings> {
  const path = cachePath(
    "lint",
    `findings-${digest([program, asText(checkout), asText(severities)])}`,
  );
  return { path, contents: (await readCachedJson(path)) as Contents | undefined };
}

/** Findings of one tree in one state of its registry, under one program and its settings. */
export class FindingsCache {
  readonly #path: string;
  readonly #reads: StoredReads;
  readonly #entries: Map<string, Entry>;
  #changed = false;

  /** @param factReaders Answers what the rules ask besides files. */
  constructor({ path, contents = nothing }: StoredFindings, factReaders: FactReaders) {
    const { entries, ...reads } = contents;
    this.#path = path;
    this.#entries = new Map(Object.entries(entries));
    this.#reads = new StoredReads(reads, factReaders);
  }

  /**
   * @param repairs Whether repairs are wanted, which are not cached: what can be repaired is then looked at anew.
   * @returns What still holds of what was found; undefined when nothing does.
   */
  async find(
    subject: Subject,
    wanted: RuleSelection,
    repairs: boolean,
  ): Promise<KnownReport | undefined> {
    const entry = this.#entries.get(idOf(subject));
    if (entry === undefined || !(await this.#holds(entry.base))) return undefined;
    const rules = new Set<string>();
    let isWhole = coversAll(entry.selection, wanted);
    for (const [list, readers] of entry.groups) {
      const asked = wanted === "all" ? readers : readers.filter((rule) => wanted.includes(rule));
      if (asked.length === 0) continue;
      if (await this.#holds(list)) for (const rule of asked) rules.add(rule);
      else isWhole = false;
    }
    for (const { rule, fixable } of repairs ? entry.problems : []) {
      if (fixable && rules.delete(rule)) isWhole = false;
    }
    const isKnown = ({ rule }: { rule: string }): boolean => rules.has(rule);
    const { problems, skipped } = entry;
    return { rules, isWhole, problems: problems.filter(isKnown), skipped: skipped.filter(isKnown) };
  }

  /** Most lists have been looked at for another integration, and waiting costs more than looking. */
  #holds(list: number): boolean | Promise<boolean> {
    return this.#reads.known(list) ?? this.#reads.verify(list);
  }

  /**
   * @param report What all rules found, those that did not have to look again included.
   * @param known What `find` returned.
   * @param reads What was read, by the rules that looked.
   */
  store(
    subject: Subject,
    selection: RuleSelection,
    report: Report,
    { known, reads }: { known: KnownReport | undefined; reads: SubjectReads },
  ): void {
    this.#changed = true;
    const id = idOf(subject);
    const before = this.#entries.get(id);
    this.#entries.delete(id);
    const base = this.#reads.add(reads.base);
    if (report.failed || base === undefined) return;
    const groups = new Map<number, string[]>();
    for (const [list, readers] of before?.groups ?? []) {
      const left = readers.filter((rule) => known?.rules.has(rule));
      if (left.length > 0) groups.set(list, left);
    }
    let isSure = true;
    for (const [rule, read] of reads.byRule) {
      const list = this.#reads.add(read);
      if (list === undefined) isSure = false;
      else groups.set(list, [...(groups.get(list) ?? []), rule]);
    }
    // Rules that cannot be relied on look again.
    const selected = isSure ? selection : [...groups.values()].flat();
    const { problems, skipped } = report;
    this.#entries.set(id, { selection: selected, base, groups: [...groups], problems, skipped });
  }

  /** Keeps what is new, and lets go what no rule has read any more. */
  async save(): Promise<void> {
    if (!this.#changed && !this.#reads.hasNewMarks) return;
    const kept = new ListsInUse(this.#reads);
    const entries = [...this.#entries].map(([id, { groups, base, ...rest }]) => {
      const renumbered = groups.map(([list, rules]) => [kept.place(list), rules] as const);
      return [id, { ...rest, base: kept.place(base), groups: renumbered }] as const;
    });
    await writeCachedJson(this.#path, { ...kept.contents(), entries: Object.fromEntries(entries) });
  }
}

/** Everything that the registry says of an integration. */
function idOf({ integration, registered }: Subject): string {
  return digest([String(registered), asText(integration)]);
}

function coversAll(selection: RuleSelection, wanted: RuleSelection): boolean {
  if (selection === "all") return true;
  return wanted !== "all" && wanted.every((id) => selection.includes(id));
}

/** Plain data, sets and maps included, as text. */
function asText(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    value instanceof Set || value instanceof Map ? [...value] : value,
  );
}
