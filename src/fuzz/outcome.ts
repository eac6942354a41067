/** What a delivery came to, and what of it is a finding. */
import type { Delivery } from "../engine/types.ts";
import type { JsonValue } from "../payload/index.ts";
import type { Mutation } from "./mutations.ts";
import { type Harmless, type Rendering, textVerdicts } from "./text-verdicts.ts";

/**
 * `refused` is an answer with an error status. `validation` is an exception of the tree's validators, which say what
 * the payload lacks. `exception` is any other. `undelivered`: the request could not be made at all.
 */
export type OutcomeKind =
  | "message"
  | "silent"
  | "refused"
  | "validation"
  | "exception"
  | "hang"
  | "unmodelled"
  | "undelivered";

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly delivery: Delivery;
  /** Equal for outcomes that nobody could tell apart. */
  readonly key: string;
}

/**
 * `error`: a server error for a payload that the service sends, or an exception of the view's own. `warning`: a server
 * error for a payload that something in the tree speaks for, or a text that does to the message what it should not.
 * `assumption`: what the view takes for granted, and nothing in the tree shows otherwise.
 */
export type FuzzSeverity = "error" | "warning" | "assumption";

/** What is wrong with an outcome. */
export interface Verdict {
  readonly severity: FuzzSeverity;
  readonly kind:
    | "exception"
    | "hang"
    | "unstorable"
    | "mention"
    | "break-out"
    | "lost"
    | "none-shown"
    | "server-error"
    | "key-order"
    | "fails-as-is";
  /** One sentence; empty where there is a `container`. */
  readonly message: string;
  /** By which of several changes it came: all of them are named in one finding. */
  readonly way?: string;
  /** What came of the payload as it is, and changed, where that says more than the two payloads. */
  readonly shown?: { readonly before: string; readonly after: string };
  /** The same for verdicts that are one finding. */
  readonly key: string;
  readonly type?: string;
  readonly path?: string;
  readonly line?: number;
  readonly traceback?: string;
  /** The function of the view in which a check failed. */
  readonly function?: string;
  /** The same for findings that go back to one thing, and are told as one. */
  readonly cause?: string;
  /** What a text gets out of. */
  readonly container?: string;
}

/** Sorts a delivery. */
export function outcomeOf(delivery: Delivery): Outcome {
  const { error, messages, response } = delivery;
  const key = error
    ? `${error.type} ${error.path}:${error.line} ${error.message}`
    : JSON.stringify([response.status, messages, messages.length > 0 ? "" : response.body]);
  return { kind: kindOf(delivery), delivery, key };
}

function kindOf({ error, response, messages }: Delivery): OutcomeKind {
  if (error?.type === "TestTimeout" || error?.type === "ProcessEnded") return "hang";
  if (error?.type === "Unavailable") return "unmodelled";
  if (error) return isValidation(error.traceback) ? "validation" : "exception";
  if (response.status >= 400) return "refused";
  return messages.length > 0 ? "message" : "silent";
}

/** The tree's validators raise Django's exception; its last line names the class in full. */
function isValidation(traceback: string): boolean {
  return /^django\.core\.exceptions\.ValidationError\b/m.test(traceback);
}

/** Everything that is wrong with an outcome. */
export function judge(
  outcome: Outcome,
  mutation: Mutation,
  harmless: Harmless,
  render: Rendering,
): Verdict[] {
  if (outcome.kind === "hang") return [failure(outcome)];
  if (outcome.kind === "exception") {
    if (!isState(mutation)) return [failure(outcome)];
    return isUnset(outcome) ? [{ ...failure(outcome), severity: "warning" }] : [];
  }
  if (mutation.kind !== "text") return [];
  return textVerdicts(outcome, mutation, harmless, render);
}

function failure({ kind, delivery: { error } }: Outcome): Verdict {
  const { type = "Error", path, line } = error ?? {};
  const place = path === undefined ? "" : ` ${path}:${line}`;
  return {
    severity: "error",
    kind: kind === "hang" ? "hang" : "exception",
    message: nameOf(error),
    key: `${type}${place}`,
    ...whereOf(error),
  };
}

type Raised = Delivery["error"];

function nameOf(error: Raised): string {
  const { type = "Error", message = "" } = error ?? {};
  return message === "" ? type : `${type}: ${firstLine(message)}`;
}

/** What was raised, and where, as a verdict has it. */
export function whereOf(error: Raised): Pick<Verdict, "type" | "traceback" | "path" | "line"> {
  const { type = "Error", path, line, traceback = "" } = error ?? {};
  return {
    type,
    traceback,
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
  };
}

/**
 * What is wrong with a fixture that fails without any change; undefined when the view answers it. An answer such as 400
 * is one: some fixtures show what is refused.
 */
export function failsAsItIs({ kind, delivery: { error } }: Outcome): Verdict | undefined {
  if (kind !== "exception" && kind !== "validation" && kind !== "hang") return undefined;
  const message = `The fixture fails as it is: ${nameOf(error)}`;
  return { severity: "error", kind: "fails-as-is", message, key: message, ...whereOf(error) };
}

/** How a view is told of a field that is not as it expects, by the ids of mutations. */
const WAYS: Readonly<Record<string, string>> = {
  drop: "absent",
  null: "null",
  empty: "empty",
  list: "empty",
  object: "empty",
  string: "of another type",
  number: "of another type",
};

/** Whether a mutation puts a field into a state: how a view takes that is told by field, and not by exception. */
const isState = ({ kind, id }: Mutation): boolean => kind === "structure" && id in WAYS;

/** A field that is not as the view expects, and what the server makes of that. */
export interface FailedCheck {
  /** `absent`, `null`, `empty` or `of another type`. */
  readonly way: string;
  /** The function of the view that failed. */
  readonly function: string;
}

/** Whether a view uses a variable that it has not set: whatever the payload lacks, that is a mistake of the view's. */
export const isUnset = ({ delivery: { error } }: Outcome): boolean =>
  error?.type === "UnboundLocalError";

/**
 * Nothing in Connect answers an exception that a view lets out, be it of a check of the payload or another: the server
 * says 500, and the message is lost.
 * @param kind What is at the place, unchanged.
 * @returns Undefined for any other outcome, for what is no single field's doing, and for the view's own mistake.
 */
export function failedCheck(
  outcome: Outcome,
  mutation: Mutation,
  value: JsonValue,
): FailedCheck | undefined {
  const { kind, delivery } = outcome;
  const { error, response } = delivery;
  const { id } = mutation;
  const isOfState = kind === "exception" && isState(mutation) && !isUnset(outcome);
  const fails = kind === "validation" || isOfState;
  if (!fails || response.status < 500 || WAYS[id] === undefined) return undefined;
  const isContainer = value.kind === (id === "list" ? "array" : id);
  const way = (id === "list" || id === "object") && !isContainer ? "of another type" : WAYS[id];
  const frames = [...(error?.traceback ?? "").matchAll(FRAME)];
  return { way, function: frames.at(-1)?.[1] ?? "" };
}

/** A frame of an integration's own code. */
const FRAME = /File "zerver\/webhooks\/[^"]+", line \d+, in (\S+)/g;

/** What speaks for it that a service sends a field like that, and how much it counts. */
export interface Evidence {
  readonly severity: FuzzSeverity;
  /** A sentence. */
  readonly message: string;
  /** The same for findings that go back to one thing. */
  readonly cause?: string;
}

/** The verdict about a field, which takes in all ways in which it fails. */
export function fieldVerdict(
  { delivery: { error } }: Outcome,
  check: FailedCheck,
  shape: string,
  { severity, message, cause }: Evidence,
): Verdict {
  const isKnown = severity !== "assumption";
  return {
    severity,
    kind: "server-error",
    message,
    key: `${isKnown ? "server-error" : severity} ${check.function} ${shape}`,
    ...whereOf(error),
    ...(check.function !== "" && { function: check.function }),
    ...(cause !== undefined && { cause }),
  };
}

/** The first line of what somebody said, cut to a length that is read. */
export const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 200);
