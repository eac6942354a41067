/** What in the tree speaks for it that a service sends a field in another state than a fixture shows. */
import { basename } from "node:path";
import type { JsonValue } from "../payload/index.ts";
import {
  agree,
  areAlike,
  fixtureWith,
  type JsonObject,
  KIND_KEY,
  type Sample,
  shows,
  valuesAt,
} from "./evidence.ts";
import { type Guard, guardsIn, type ViewFile } from "./guards.ts";
import { isOftenAbsent, isOftenEmpty, isOftenNull } from "./often-empty.ts";
import type { Evidence } from "./outcome.ts";
import { type FuzzPayload, isKeyIn, type Place } from "./payload.ts";

/** So many keys have to be shared before an object that lacks one says anything. */
const FEWEST_SHARED = 2;

/** An object of some fixture. */
interface Holder {
  readonly file: string;
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
  /** What it stands in. */
  readonly own: JsonObject;
}

/** Something that speaks for a state: a fixture, the view, or what services do. Two of weight 1 have to come together. */
interface Sign {
  readonly weight: 1 | 2;
  /** A sentence. */
  readonly says: string;
}

const ENOUGH = 2;

const NO_EVIDENCE: Evidence = {
  severity: "assumption",
  message: "Nothing in the tree shows it so.",
};

/** The signs that the fixtures and the view of one integration give. */
export class Signs {
  readonly #holders: Holder[] = [];
  /** For each key the keys of what it stands in. */
  readonly #parents = new Map<string, Set<string>>();
  readonly #guards: readonly Guard[];
  readonly #source: string | undefined;
  /** Whether the service sends null at all: one that does not leaves out what it has not. */
  #sendsNull = false;

  constructor(payloads: ReadonlyMap<string, FuzzPayload>, views: readonly ViewFile[]) {
    for (const [file, { value }] of payloads) this.#collect(file, value, "");
    this.#guards = guardsIn(views);
    if (views.length > 0) this.#source = views.map(({ text }) => text).join("\n");
  }

  #collect(file: string, value: JsonValue, parent: string): void {
    if (value.kind === "null") this.#sendsNull = true;
    if (value.kind === "array") for (const item of value.items) this.#collect(file, item, parent);
    if (value.kind !== "object") return;
    this.#holders.push({ file, parent, object: value });
    for (const [key, below] of value.entries) {
      const parents = this.#parents.get(key) ?? new Set();
      this.#parents.set(key, parents.add(parent));
      this.#collect(file, below, key);
    }
  }

  readonly #isRead = (key: string): boolean => isKeyIn(key, this.#source);

  /**
   * What speaks for it that a service sends a field as a mutation makes it.
   * @param sample The fixture that the field is in.
   * @param samples Fixtures of which it is known what kind of event they are.
   */
  evidenceOf(failed: FailedField, sample: Sample, samples: ReadonlyMap<string, Sample>): Evidence {
    const { place, id } = failed;
    // What else stands there where it is not null has been delivered with the fixture that has it.
    if (place.value.kind === "null") return NO_EVIDENCE;
    const same = fixtureWith(place, id, sample, samples, this.#isRead);
    if (same !== undefined) return { severity: "error", message: `${same} has it so.` };
    const [own] = valuesAt(sample.value, place.path.slice(0, -1));
    const signs = own?.kind === "object" ? this.#signsOf(failed, own) : [];
    if (signs.reduce((sum, { weight }) => sum + weight, 0) >= ENOUGH) {
      const [strongest] = signs.filter(({ weight }) => weight >= ENOUGH);
      const told = strongest ? [strongest] : signs.slice(0, ENOUGH);
      return { severity: "warning", message: told.map(({ says }) => says).join(" ") };
    }
    return NO_EVIDENCE;
  }

  #signsOf(failed: FailedField, own: JsonObject): Sign[] {
    const { path, value } = failed.place;
    const key = path.at(-1);
    if (typeof key !== "string") return [];
    const parent = path.slice(0, -1).findLast((step) => typeof step === "string") ?? "";
    // What an event is about stands at the top, and is there for some events and not for others.
    if (parent === "" && value.kind === "object") return [];
    const isClear = this.#parents.get(key)?.size === 1;
    const field: Field = { ...failed, key, parent: `${parent}`, isClear, own };
    const signs = [this.#fixtureSign(field), this.#guardSign(field), this.#usualSign(field)];
    return signs.filter((sign) => sign !== undefined);
  }

  /** Another object of the service that has the key so. It says more when it is one of the same form. */
  #fixtureSign(field: Field): Sign | undefined {
    const { key, id, place, own } = field;
    const so = this.#holders.filter(
      ({ object }) => object !== own && shows(id, object.entries.get(key), place.value),
    );
    const alike = so.find((holder) => this.#isSameForm(field, holder));
    if (alike) {
      const says = id === "drop" ? `lacks \`${key}\`` : `has \`${key}\` so`;
      return { weight: 2, says: `${alike.file} ${says}.` };
    }
    const [first] = id === "drop" ? so.filter((holder) => isOfSameKeys(field, holder)) : so;
    if (!first) return undefined;
    const says = id === "drop" ? `lacks \`${key}\`` : `has a \`${key}\` that is so`;
    return { weight: 1, says: `${first.file} ${says}.` };
  }

  /** In another event, or in an object of another state, something may always be absent or empty. */
  #isSameForm({ key, parent, own, id }: Field, holder: Holder): boolean {
    if (holder.parent !== parent || parent === "") return false;
    if (!agree(own, holder.object, { but: key, isRead: this.#isRead, id })) return false;
    if (id === "null") return areAlike(own, holder.object, { but: key, fewest: 0 });
    return (
      id === "drop" &&
      holder.file === this.#fileOf(own) &&
      isOfSameKeys({ key, parent, own }, holder)
    );
  }

  #fileOf(own: JsonObject): string | undefined {
    return this.#holders.find(({ object }) => object === own)?.file;
  }

  #guardSign(field: Field): Sign | undefined {
    const fitting = this.#guards.filter((one) =>
      speaksFor(one, field, this.#sendsNull || this.#isAskedLikeNulls(one, field)),
    );
    const guard = fitting.find((one) => this.#isEnough(one, field)) ?? fitting[0];
    if (!guard) return undefined;
    const says = `The view allows for that at ${basename(guard.path)}:${guard.line}.`;
    return { weight: this.#isEnough(guard, field) ? 2 : 1, says };
  }

  #isEnough(guard: Guard, field: Field): boolean {
    // An event whose kind is not told is one that the view goes on with.
    if (guard.form === "default" || KIND_KEY.test(guard.key)) return true;
    if (isExplicit(guard)) return guard.function === field.function;
    return this.#isAskedLikeNulls(guard, field);
  }

  /** Whether the view asks for a key as it does in the same function for another one of the object that may be null. */
  #isAskedLikeNulls(
    { form, isChoice, owner, function: where }: Guard,
    { id, key, place }: Field,
  ): boolean {
    const { kind } = place.value;
    if (id !== "null" || form !== "in" || isChoice || kind === "object") return false;
    const beside = this.#guards.filter(
      (one) => one.owner === owner && one.function === where && one.key !== key,
    );
    if (kind !== "array" && beside.some(isComparedAtOnce)) return true;
    const isTwice = (one: Guard): boolean =>
      one.form === "condition" && beside.some((two) => two.form === "in" && two.key === one.key);
    return this.#sendsNull && beside.some(isTwice);
  }

  #usualSign({ id, key, parent }: Field): Sign | undefined {
    const says = "Many services send nothing under this key.";
    if (id === "drop")
      return !this.#sendsNull && isOftenAbsent(key) ? { weight: 2, says } : undefined;
    if (id !== "null" || !this.#sendsNull || !isOftenEmpty(key, parent)) return undefined;
    return { weight: isOftenNull(key) ? 2 : 1, says };
  }
}

/** Whether two objects have the same keys but for one, whatever their values. */
function isOfSameKeys(
  { key, parent, own }: Pick<Field, "key" | "parent" | "own">,
  { parent: there, object }: Holder,
): boolean {
  // What has something else instead is another thing.
  const isPart = [...object.entries.keys()].every((one) => own.entries.has(one));
  return there === parent && isPart && areAlike(own, object, { but: key, fewest: FEWEST_SHARED });
}

/** Whether a view says in so many words that something may be null. */
const isExplicit = ({ form }: Guard): boolean => form === "optional" || form === "none";

/** `payload["x"] is not None`. */
const isComparedAtOnce = ({ form, allows }: Guard): boolean =>
  form === "none" && !allows.has("drop");

/** Whether a view's question about a key says that it may be as it was when the view failed. */
function speaksFor(guard: Guard, field: Field, isNullSent: boolean): boolean {
  const { key, parent, isClear, place, id, message, function: where } = field;
  if (guard.key !== key || !guard.allows.has(id)) return false;
  if (!isClear && !isOf(guard.owner, parent)) return false;
  if (guard.form === "default") return id === "drop";
  const isAboutAnother = isLacking(message) && !message.includes(`'${key}'`);
  // It had asked, went on without, and failed later.
  if (KIND_KEY.test(key))
    return id === "drop" && /^(get|none)$/.test(guard.form) && !message.includes(key);
  // What lacks then is another key: an event of another form has that one instead.
  if (id === "drop" && !isExplicit(guard) && isAboutAnother) return false;
  // That a key may lack says nothing of null; and where there is an object or not, an event is of another kind.
  if (id === "null" && guard.form === "get") return false;
  if (id === "null" && guard.form === "in" && (place.value.kind === "object" || !isNullSent))
    return false;
  if (guard.function === where) return true;
  // Elsewhere another event may be meant, for which the key is not there at all.
  return isExplicit(guard) && parent !== "" && isOftenEmpty(key, parent);
}

/** Whether what was raised is that a payload lacks something. */
const isLacking = (message: string): boolean => / is missing\b|^'\w+'$/.test(message);

/** Whether something called like this may be what stands under a key: `attachment` in a list of `attachments`. */
function isOf(owner: string, parent: string): boolean {
  if (parent === "") return /^(payload|data|message|event|body|request)$/.test(owner);
  const stem = (word: string): string => word.replace(/e?s$/, "");
  return owner !== "" && stem(owner) === stem(parent);
}
