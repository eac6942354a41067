/** What is tried at each place of a payload. */
import { valuesAt } from "./evidence.ts";
import { type Mutation, structuresFor, valuesFor } from "./mutations.ts";
import { type FuzzPayload, type Place, placeAt, pointerOf } from "./payload.ts";
import { randomNumbers, shuffled } from "./random.ts";

/** States of a field that services do send. */
export function isLikely({ id }: Mutation, { value }: Place): boolean {
  return (
    id === "drop" || id === "null" || id === "member" || (id === "list" && value.kind === "array")
  );
}

const LONGEST_SWAP = 40;
const MOST_SWAPS = 3;

/** Mutations, made with what other fixtures of the integration have at the same place. */
export class Candidates {
  readonly #payloads: ReadonlyMap<string, FuzzPayload>;
  readonly #seed: number;

  constructor(payloads: ReadonlyMap<string, FuzzPayload>, seed: number) {
    this.#payloads = payloads;
    this.#seed = seed;
  }

  /** Other types and absences that are tried at a place. */
  structuresFor({ path, value }: Place): Mutation[] {
    const there = [...this.#payloads.values()].flatMap((payload) => valuesAt(payload.value, path));
    const example = there.find(
      (one) =>
        (one.kind === "array" && value.kind === "array" && one.items.length > 0) ||
        (one.kind === "object" && value.kind === "object" && one.entries.size > 0),
    );
    return structuresFor(value, path.length === 0, example);
  }

  /** Values that are tried at a place. */
  valuesFor({ path, value }: Place): Mutation[] {
    const seed = this.#seed;
    const pointer = pointerOf(path);
    return valuesFor(value, { seed, pointer, others: this.#othersAt(path, value) });
  }

  /** What other fixtures have at a place, where it is a word of the service's, such as an event type. */
  #othersAt(path: Place["path"], value: Place["value"]): string[] {
    if (value.kind !== "string" || value.value.length > LONGEST_SWAP) return [];
    const others = new Set<string>();
    for (const payload of this.#payloads.values()) {
      const there = placeAt(payload, pointerOf(path))?.value;
      if (there?.kind === "string" && there.value.length <= LONGEST_SWAP) others.add(there.value);
    }
    others.delete(value.value);
    return shuffled([...others], randomNumbers(this.#seed)).slice(0, MOST_SWAPS);
  }
}
