/** Whether what a view asks about a field speaks for it that the field may be as it was when the view failed. */
import { type JsonObject, KIND_KEY } from "./evidence.ts";
import type { Guard } from "./guards.ts";
import { isOftenEmpty } from "./often-empty.ts";
import type { Place } from "./payload.ts";

/** A field that a mutation has changed, and where the view failed for it. */
export interface FailedField {
  readonly place: Place;
  /** The mutation's id. */
  readonly id: string;
  readonly function: string;
  /** What was raised. */
  readonly message: string;
  /** Where in the view. */
  readonly path?: string | undefined;
  readonly line?: number | undefined;
}

/** The same with what is known of where it stands. */
export interface Field extends FailedField {
  readonly key: string;
  /** The key of what it stands in; empty at the top. */
  readonly parent: string;
  /** Whether the key stands in one kind of object only, so that it always means the same. */
  readonly isClear: boolean;
  /** What it stands in. */
  readonly own: JsonObject;
}

/** Whether a view says in so many words that something may be null. */
export const isExplicit = ({ form }: Guard): boolean => form === "optional" || form === "none";

/** `"x" in payload and payload["x"]`, on one line or two. */
export const isAskedFor = (condition: Guard, { form, key, line }: Guard): boolean =>
  form === "in" && key === condition.key && condition.line - line <= 1 && condition.line >= line;

/** `payload["x"] is not None`. */
export const isComparedAtOnce = ({ form, allows }: Guard): boolean =>
  form === "none" && !allows.has("drop");

/** Whether a view's question about a key says that it may be as it was when the view failed. */
export function speaksFor(guard: Guard, field: Field, isNullSent: boolean): boolean {
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
