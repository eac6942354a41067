/** Findings, each told once, with the smallest change that shows it. */
import type { Mutation } from "./mutations.ts";
import type { Verdict } from "./outcome.ts";
import { type Place, pointerOf, shapeOf, textOf } from "./payload.ts";

/** Something wrong with an integration. */
export interface Finding extends Omit<Verdict, "key"> {
  readonly integration: string;
  /** The fixture that shows it, and the one change to make in it. */
  readonly fixture: string;
  readonly pointer: string;
  readonly mutation: string;
  /** The change in words: `taken away`. */
  readonly about: string;
  /** The JSON text at the place, shortened; after a key is taken away, null. */
  readonly before: string;
  readonly after: string | null;
  /** All places that show it, with a star for every position of a list. */
  readonly places: readonly string[];
  /** How many deliveries showed it. */
  readonly count: number;
}

/** Where a verdict was come by. */
interface Occasion {
  readonly fixture: string;
  readonly place: Place;
  readonly mutation: Mutation;
}

interface Entry {
  readonly verdict: Verdict;
  readonly occasion: Occasion;
  readonly places: Set<string>;
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
      count: 0,
    };
    entry.places.add(shapeOf(occasion.place.path));
    entry.count += 1;
    this.#entries.set(verdict.key, entry);
  }

  /** Errors first. */
  all(): Finding[] {
    const findings = [...this.#entries.values()].map((entry) => this.#finding(entry));
    const rank = ({ severity }: Finding): number => (severity === "error" ? 0 : 1);
    return findings.sort((a, b) => rank(a) - rank(b));
  }

  #finding({ verdict: { key: _, ...verdict }, occasion, places, count }: Entry): Finding {
    const { fixture, place, mutation } = occasion;
    return {
      ...verdict,
      integration: this.#integration,
      fixture,
      pointer: pointerOf(place.path),
      mutation: mutation.id,
      about: mutation.about,
      before: shortened(textOf(place.value)),
      after: mutation.change === undefined ? null : shortened(mutation.change),
      places: [...places].sort(),
      count,
    };
  }
}

const LONGEST = 120;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
