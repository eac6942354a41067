/** Findings, each told once, with the smallest change that shows it. */
import { folded } from "./fold.ts";
import type { Mutation } from "./mutations.ts";
import type { FuzzSeverity, Verdict } from "./outcome.ts";
import { type Place, pointerOf, shapeOf, textOf } from "./payload.ts";

/** Something wrong with an integration. */
export interface Finding extends Omit<Verdict, "key" | "cause" | "container"> {
  readonly integration: string;
  /** The fixture that shows it, and the one change to make in it. */
  readonly fixture: string;
  readonly pointer: string;
  readonly mutation: string;
  /** The change in words: `taken away`. */
  readonly about: string;
  /**
   * The JSON text at the place, shortened; null after a key is taken away, and where nothing is changed. Where the keys
   * have another order, what was sent, and is sent.
   */
  readonly before: string;
  readonly after: string | null;
  /** All places that show it, with a star for every position of a list. */
  readonly places: readonly string[];
  /** How many deliveries showed it. */
  readonly count: number;
  /** In which states the field ends in a server error (`absent`, `null`, `empty`, `of another type`), or which texts it takes. */
  readonly ways?: readonly string[];
}

/** A finding that may have its cause in common with others. */
interface Unfolded extends Finding {
  readonly cause?: string;
  /** What a text gets out of. */
  readonly containers?: readonly string[];
}

/** Where a verdict was come by. */
interface Occasion {
  readonly fixture: string;
  readonly place: Place;
  readonly mutation: Mutation;
  /** The state that the mutation puts a field into, where that is what is told. */
  readonly way?: string;
}

interface Entry {
  verdict: Verdict;
  occasion: Occasion;
  readonly places: Set<string>;
  readonly ways: Set<string>;
  count: number;
}

/** The findings of one integration. */
export class Findings {
  readonly #integration: string;
  readonly #entries = new Map<string, Entry>();

  constructor(integration: string) {
    this.#integration = integration;
  }

  add(verdict: Verdict, occasion: Occasion): void {
    const entry = this.#entries.get(verdict.key) ?? {
      verdict,
      occasion,
      places: new Set<string>(),
      ways: new Set<string>(),
      count: 0,
    };
    const [now, before] = [rankOf(verdict), rankOf(entry.verdict)];
    // What is known to happen is the better example of it, and says all that is to be told.
    if (now < before) {
      Object.assign(entry, { verdict, occasion });
      entry.ways.clear();
      if (before === LAST) entry.places.clear();
    }
    const way = occasion.way ?? verdict.way;
    if (way !== undefined && now <= before) entry.ways.add(way);
    if (now <= before || now < LAST) entry.places.add(shapeOf(occasion.place.path));
    entry.count += 1;
    this.#entries.set(verdict.key, entry);
  }

  /** Errors first, and what is only taken for granted last. What one change of the view would mend is one. */
  all(): Finding[] {
    const told = [...this.#entries.values()].filter(isTold).map((entry) => this.#finding(entry));
    const findings = folded(told.sort((a, b) => rankOf(a) - rankOf(b)));
    return findings.map(({ cause: _, containers, ...finding }) =>
      containers ? { ...finding, ...textFacts(containers, finding.ways ?? []) } : finding,
    );
  }

  #finding({ verdict, occasion, places, ways, count }: Entry): Unfolded {
    const { fixture, place, mutation } = occasion;
    const { key: _, way: __, container, shown, ...rest } = verdict;
    return {
      ...rest,
      ...(container !== undefined && { containers: [container], ways: [...ways] }),
      ...(occasion.way !== undefined && fieldFacts(verdict, ways)),
      integration: this.#integration,
      fixture,
      pointer: pointerOf(place.path),
      mutation: mutation.id,
      about: mutation.about,
      before: shortened(shown?.before ?? textOf(place.value)),
      after: shown || mutation.change ? shortened(shown?.after ?? mutation.change ?? "") : null,
      places: [...places].sort(),
      count,
    };
  }
}

const SEVERITIES: readonly FuzzSeverity[] = ["error", "warning", "assumption"];
const LAST = SEVERITIES.length - 1;

const rankOf = ({ severity }: { severity: FuzzSeverity }): number => SEVERITIES.indexOf(severity);

/** A service rarely changes the type of a field: that is told where a fixture shows it, or beside another state. */
function isTold({ verdict: { kind, severity }, ways }: Entry): boolean {
  const onlyType = ways.size === 1 && ways.has("of another type");
  return kind !== "server-error" || severity === "error" || !onlyType;
}

/** What becomes of a payload that the view does not bear; a sentence that may go on. */
export const MESSAGE_LOST = "The server answers 500, and the message is lost";

const WAYS_IN_ORDER = ["absent", "null", "empty", "of another type"];

function fieldFacts({ message: evidence }: Verdict, found: ReadonlySet<string>) {
  const ways = WAYS_IN_ORDER.filter((way) => found.has(way));
  const message = `${MESSAGE_LOST}, when this is ${listOf(ways, "or")}.`;
  return { ways, message: evidence === "" ? message : `${message} ${evidence}` };
}

function textFacts(containers: readonly string[], found: readonly string[]) {
  const ways = [...found].sort();
  const texts = listOf(ways, "or");
  const what = listOf(
    [...containers].sort().map((container) => `the ${container}`),
    "and",
  );
  const message = `${texts.slice(0, 1).toUpperCase()}${texts.slice(1)} ends or breaks ${what} that it stands in.`;
  return { ways, message };
}

function listOf(words: readonly string[], last: "or" | "and"): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)]
    .filter((part) => part !== "")
    .join(` ${last} `);
}

const LONGEST = 120;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
