/** What in the tree speaks for it that a service sends a field in another state than a fixture shows. */
import { basename } from "node:path";
import type { JsonValue } from "../payload/index.ts";
import {
  areAlike,
  eventKind,
  fixtureWith,
  type JsonObject,
  KIND_KEY,
  type Sample,
  shows,
  valuesAt,
} from "./evidence.ts";
import { type Guard, guardsIn, type ViewFile } from "./guards.ts";
import { isOftenEmpty } from "./often-empty.ts";
import type { Evidence } from "./outcome.ts";
import type { FuzzPayload, Place } from "./payload.ts";

/** So many keys have to be shared before an object that lacks one says anything. */
const FEWEST_SHARED = 2;

/** An object of some fixture. */
interface Holder {
  readonly file: string;
  /** The kind of event, as far as the payload tells. */
  readonly kind: string;
  /** The key that it stands under, whatever the lists in between; empty at the top. */
  readonly parent: string;
  readonly object: JsonObject;
}

/** A field that a mutation has changed, and where the view failed for it. */
export interface FailedField {
  readonly place: Place;
  /** The mutation's id. */
  readonly id: string;
  readonly function: string;
  /** What was raised. */
  readonly message: string;
}

interface Field extends FailedField {
  readonly key: string;
  /** The key of what it stands in; empty at the top. */
  readonly parent: string;
  /** Whether the key stands in one kind of object only, so that it always means the same. */
  readonly isClear: boolean;
}

/** The signs that the fixtures and the view of one integration give. */
export class Signs {
  readonly #holders: Holder[] = [];
  /** For each key the keys of what it stands in. */
  readonly #parents = new Map<string, Set<string>>();
  readonly #guards: readonly Guard[];
  /** Whether the service sends null at all: one that does not leaves out what it has not. */
  #sendsNull = false;

  constructor(payloads: ReadonlyMap<string, FuzzPayload>, views: readonly ViewFile[]) {
    for (const [file, { value }] of payloads) {
      this.#collect({ file, kind: eventKind({}, value) }, value, "");
    }
    this.#guards = guardsIn(views);
  }

  #collect(of: Pick<Holder, "file" | "kind">, value: JsonValue, parent: string): void {
    if (value.kind === "null") this.#sendsNull = true;
    if (value.kind === "array") for (const item of value.items) this.#collect(of, item, parent);
    if (value.kind !== "object") return;
    this.#holders.push({ ...of, parent, object: value });
    for (const [key, below] of value.entries) {
      const parents = this.#parents.get(key) ?? new Set();
      this.#parents.set(key, parents.add(parent));
      this.#collect(of, below, key);
    }
  }

  /**
   * What speaks for it that a service sends a field as a mutation makes it.
   * @param sample The fixture that the field is in.
   * @param samples Fixtures of which it is known what kind of event they are.
   */
  evidenceOf(failed: FailedField, sample: Sample, samples: ReadonlyMap<string, Sample>): Evidence {
    const { place, id } = failed;
    const same = fixtureWith(place, id, sample, samples);
    if (same !== undefined) return { severity: "error", message: `${same} has it so.` };
    const [own] = valuesAt(sample.value, place.path.slice(0, -1));
    const sign = own?.kind === "object" ? this.#signOf(failed, own, sample.value) : undefined;
    if (sign !== undefined) return { severity: "warning", message: sign };
    return { severity: "assumption", message: "Nothing in the tree shows it so." };
  }

  #signOf(failed: FailedField, own: JsonObject, whole: JsonValue): string | undefined {
    const { path, value } = failed.place;
    const key = path.at(-1);
    if (typeof key !== "string") return undefined;
    const parent = path.slice(0, -1).findLast((step) => typeof step === "string") ?? "";
    // What an event is about stands at the top, and is there for some events and not for others.
    if (parent === "" && value.kind === "object") return undefined;
    const isClear = this.#parents.get(key)?.size === 1;
    const field: Field = { ...failed, key, parent: `${parent}`, isClear };
    const file = this.#fixtureLike(field, own, eventKind({}, whole));
    if (file !== undefined) return `${file} has \`${key}\` so in another place.`;
    const guard = this.#guards.find((one) => speaksFor(one, field, this.#sendsNull));
    if (guard) return `The view allows for that at ${basename(guard.path)}:${guard.line}.`;
    const isUsual = this.#isUsual(failed.id) && isOftenEmpty(key, field.parent);
    return isUsual ? "Many services send nothing under this key." : undefined;
  }

  #isUsual(id: string): boolean {
    return id === "null" || (id === "drop" && !this.#sendsNull);
  }

  #fixtureLike(field: Field, own: JsonObject, kind: string): string | undefined {
    const { key, parent, id, place, isClear } = field;
    return this.#holders.find((holder) => {
      if (holder.object === own || (holder.parent !== parent && !isClear)) return false;
      if (id !== "drop") return shows(id, holder.object.entries.get(key), place.value);
      // Payloads of two events differ in their keys anyway.
      if (parent === "" || holder.parent !== parent || holder.object.entries.has(key)) return false;
      if (holder.kind !== kind) return false;
      // What has something else instead is another thing.
      const isPart = [...holder.object.entries.keys()].every((one) => own.entries.has(one));
      return isPart && areAlike(own, holder.object, { but: key, fewest: FEWEST_SHARED });
    })?.file;
  }
}

/** Whether a view's question about a key says that it may be as it was when the view failed. */
function speaksFor(
  guard: Guard,
  { key, parent, isClear, place, ...failed }: Field,
  sendsNull: boolean,
): boolean {
  const { id, function: where, message } = failed;
  if (guard.key !== key || !guard.allows.has(id)) return false;
  if (!isClear && !isOf(guard.owner, parent)) return false;
  // It had asked, went on without, and failed later.
  const wentOn = id === "drop" && guard.form === "get" && !message.includes(key);
  if (guard.form === "default") return id === "drop";
  if (KIND_KEY.test(key)) return wentOn;
  // Where there is an object or not, an event is of another kind; one that is there is not null.
  const isAbsence = guard.form === "in" && id === "null";
  if (isAbsence && (place.value.kind === "object" || !sendsNull)) return false;
  if (guard.function === where || wentOn) return true;
  // Elsewhere another event may be meant, for which the key is not there at all.
  const isNull = guard.form === "optional" || guard.form === "condition";
  return isNull && id === "null" && parent !== "";
}

/** Whether something called like this may be what stands under a key: `attachment` in a list of `attachments`. */
function isOf(owner: string, parent: string): boolean {
  if (parent === "") return /^(payload|data|message|event|body|request)$/.test(owner);
  const stem = (word: string): string => word.replace(/e?s$/, "");
  return owner !== "" && stem(owner) === stem(parent);
}
