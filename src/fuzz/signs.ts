/** What in the tree speaks for it that a service sends a field in another state than a fixture shows. */
import { basename } from "node:path";
import type { JsonValue } from "../payload/index.ts";
import {
  agree,
  areAlike,
  fixtureWith,
  type JsonObject,
  KIND_KEY,
  ownKindWords,
  type Sample,
  shows,
  valuesAt,
} from "./evidence.ts";
import {
  type FailedField,
  type Field,
  isAskedFor,
  isComparedAtOnce,
  isExplicit,
  speaksFor,
} from "./guard-signs.ts";
import {
  type Guard,
  guardsIn,
  type Handler,
  handlersIn,
  isInHandler,
  type ViewFile,
} from "./guards.ts";
import { isOftenAbsent, isOftenEmpty, isOftenNull } from "./often-empty.ts";
import type { Evidence } from "./outcome.ts";
import { type FuzzPayload, isKeyIn } from "./payload.ts";

/** So many keys have to be shared before an object that lacks one says anything. */
const FEWEST_SHARED = 2;

/** An object of some fixture. */
interface Holder {
  readonly file: string;
  /** The key that it stands under, whatever the lists in between; empty at the top. */
  readonly parent: string;
  readonly object: JsonObject;
  /** The words that say of what kind the nearest thing around it is that says so. */
  readonly within: string;
}

/** Something that speaks for a state: a fixture, the view, or what services do. Two of weight 1 have to come together. */
interface Sign {
  readonly weight: 1 | 2;
  /** A sentence. */
  readonly says: string;
  /** The same for signs that are one belief about the service, or one mistake in a function. */
  readonly cause?: string;
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
  readonly #handlers: readonly Handler[];
  readonly #payloads: ReadonlySet<JsonValue>;
  readonly #source: string | undefined;
  /** Whether the service sends null at all: one that does not leaves out what it has not. */
  #sendsNull = false;

  constructor(payloads: ReadonlyMap<string, FuzzPayload>, views: readonly ViewFile[]) {
    this.#payloads = new Set([...payloads.values()].map(({ value }) => value));
    for (const [file, { value }] of payloads)
      this.#collect({ file, parent: "", within: "" }, value);
    this.#guards = guardsIn(views);
    this.#handlers = handlersIn(views);
    if (views.length > 0) this.#source = views.map(({ text }) => text).join("\n");
  }

  #collect(where: Omit<Holder, "object">, value: JsonValue): void {
    if (value.kind === "null") this.#sendsNull = true;
    if (value.kind === "array") for (const item of value.items) this.#collect(where, item);
    if (value.kind !== "object") return;
    this.#holders.push({ ...where, object: value });
    // Of what kind the whole event is does not say of what kind a thing in it is.
    const within = (!this.#payloads.has(value) && ownKindWords(value)) || where.within;
    for (const [key, below] of value.entries) {
      const parents = this.#parents.get(key) ?? new Set();
      this.#parents.set(key, parents.add(where.parent));
      this.#collect({ ...where, parent: key, within }, below);
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
    // The view has answered for the state, and misses something that goes with it.
    if (this.#handlers.some((handler) => isInHandler(handler, failed))) return NO_EVIDENCE;
    const same = fixtureWith(place, id, sample, samples, this.#isRead);
    if (same !== undefined) return { severity: "error", message: `${same} has it so.` };
    const [own] = valuesAt(sample.value, place.path.slice(0, -1));
    const signs = own?.kind === "object" ? this.#signsOf(failed, own) : [];
    if (signs.reduce((sum, { weight }) => sum + weight, 0) >= ENOUGH) {
      const [strongest] = signs.filter(({ weight }) => weight >= ENOUGH);
      const told = strongest ? [strongest] : signs.slice(0, ENOUGH);
      const [{ cause }] = told as [Sign];
      return {
        severity: "warning",
        message: told.map(({ says }) => says).join(" "),
        ...(cause !== undefined && { cause }),
      };
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
    const mine = this.#holders.find(({ object }) => object === own);
    if (mine?.within !== holder.within) return false;
    if (mine && !this.#isAlikeElsewhere(key, mine, holder)) return false;
    if (!agree(own, holder.object, { but: key, isRead: this.#isRead, id })) return false;
    if (id === "null") return areAlike(own, holder.object, { but: key, fewest: 0 });
    return (
      id === "drop" && holder.file === mine?.file && isOfSameKeys({ key, parent, own }, holder)
    );
  }

  /** Whether a key is null, or is not, in the same other objects of two payloads: `old` has what `new` has not. */
  #isAlikeElsewhere(key: string, mine: Holder, theirs: Holder): boolean {
    const states = ({ file, object }: Holder): Map<string, boolean> => {
      const others = this.#holders.filter((one) => one.file === file && one.object !== object);
      return new Map(
        others.flatMap(({ parent, object: { entries } }) => {
          const value = entries.get(key);
          return value && parent !== mine.parent ? [[parent, value.kind === "null"] as const] : [];
        }),
      );
    };
    const [here, there] = [states(mine), states(theirs)];
    return [...here].every(([parent, isNull]) => (there.get(parent) ?? isNull) === isNull);
  }

  #guardSign(field: Field): Sign | undefined {
    const fitting = this.#guards.filter((one) =>
      speaksFor(one, field, this.#sendsNull || this.#isAskedLikeNulls(one, field)),
    );
    const guard = fitting.find((one) => this.#isEnough(one, field)) ?? fitting[0];
    if (!guard) return undefined;
    const says = `The view allows for that at ${basename(guard.path)}:${guard.line}.`;
    const cause = guard.form === "none" ? { cause: `none ${field.function}` } : {};
    return { weight: this.#isEnough(guard, field) ? 2 : 1, says, ...cause };
  }

  #isEnough(guard: Guard, field: Field): boolean {
    // An event whose kind is not told is one that the view goes on with.
    if (KIND_KEY.test(guard.key)) return true;
    if (guard.form === "in" && field.id === "drop") return this.#isConditionAt(field);
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
    // A list may be null where it has nothing in it, and a text beside it never.
    const isList = ({ key: other }: Guard): boolean =>
      this.#holders.some(({ object }) => object.entries.get(other)?.kind === "array");
    if (kind !== "array" && beside.some((one) => isComparedAtOnce(one) && !isList(one)))
      return true;
    const isTwice = (one: Guard): boolean =>
      one.form === "condition" && beside.some((two) => isAskedFor(one, two));
    return this.#sendsNull && beside.some(isTwice);
  }

  /** Whether the view fails where it asks whether the field holds anything: it means that there may be none. */
  #isConditionAt({ key, path, line }: Field): boolean {
    return this.#guards.some(
      (one) =>
        one.form === "condition" && one.key === key && one.path === path && one.line === line,
    );
  }

  #usualSign({ id, key, parent, own, function: where }: Field): Sign | undefined {
    const says = "Many services send nothing under this key.";
    const cause = `usual ${key}`;
    if (id === "drop")
      return !this.#sendsNull && isOftenAbsent(key) ? { weight: 2, says, cause } : undefined;
    if (id !== "null" || !this.#sendsNull || !isOftenEmpty(key, parent)) return undefined;
    // What the view takes for a key that is left out is no null as well.
    const isLeftOut = ({ form, key: asked, function: there }: Guard): boolean =>
      form === "get" && asked === key && there === where;
    if (this.#guards.some(isLeftOut)) return undefined;
    if (!isOftenNull(key)) return { weight: 1, says };
    return isAccount(own) ? { weight: 2, says, cause } : undefined;
  }
}

/** Whether an object is an account of somebody, who may have no name: of a candidate or a customer the name is all there is. */
const isAccount = ({ entries }: JsonObject): boolean =>
  [...entries.keys()].some((key) => /^(user_?name|login|nick_?name|handle)$/i.test(key));

/** Whether two objects have the same keys but for one, whatever their values. */
function isOfSameKeys(
  { key, parent, own }: Pick<Field, "key" | "parent" | "own">,
  { parent: there, object }: Holder,
): boolean {
  // What has something else instead is another thing.
  const isPart = [...object.entries.keys()].every((one) => own.entries.has(one));
  return there === parent && isPart && areAlike(own, object, { but: key, fewest: FEWEST_SHARED });
}
