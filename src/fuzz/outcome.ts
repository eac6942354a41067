/** What a delivery came to, and what of it is a finding. */
import type { Delivery, SentMessage } from "../engine/types.ts";
import type { JsonValue } from "../payload/index.ts";
import { type Container, landingsOf, wildcardMentions } from "./landing.ts";
import { FIRST_MARK, FOREIGN_HOST, type Mutation, SECOND_MARK } from "./mutations.ts";

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
 * error for a payload of which no fixture shows that it is sent, or a text that does to the message what it should not.
 */
export type FuzzSeverity = "error" | "warning";

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
    | "server-error"
    | "fails-as-is";
  /** One sentence. */
  readonly message: string;
  /** The same for verdicts that are one finding. */
  readonly key: string;
  readonly type?: string;
  readonly path?: string;
  readonly line?: number;
  readonly traceback?: string;
  /** The function of the view in which a check failed. */
  readonly function?: string;
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

/** What a text is compared with: what came of two harmless ones at the same place. */
export interface Harmless {
  readonly plain?: Outcome;
  readonly lines?: Outcome;
}

/** Renders a message. */
export type Rendering = (message: SentMessage) => string;

/** Everything that is wrong with an outcome. */
export function judge(
  outcome: Outcome,
  mutation: Mutation,
  harmless: Harmless,
  render: Rendering,
): Verdict[] {
  if (outcome.kind === "hang") return [failure(outcome)];
  if (outcome.kind === "exception") return isState(mutation) ? [] : [failure(outcome)];
  if (mutation.kind !== "text") return [];
  return [
    ...unstorable(outcome),
    ...lost(outcome, mutation, harmless),
    ...escapes(outcome, mutation, harmless, render),
  ];
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

function whereOf(error: Raised): Pick<Verdict, "type" | "traceback" | "path" | "line"> {
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

/**
 * Nothing in Connect answers an exception that a view lets out, be it of a check of the payload or another: the server
 * says 500, and the message is lost.
 * @param kind What is at the place, unchanged.
 * @returns Undefined for any other outcome, and for what is no single field's doing.
 */
export function failedCheck(
  { kind, delivery: { error, response } }: Outcome,
  mutation: Mutation,
  value: JsonValue,
): FailedCheck | undefined {
  const { id } = mutation;
  const fails = kind === "validation" || (kind === "exception" && isState(mutation));
  if (!fails || response.status < 500 || WAYS[id] === undefined) return undefined;
  const isContainer = value.kind === (id === "list" ? "array" : id);
  const way = (id === "list" || id === "object") && !isContainer ? "of another type" : WAYS[id];
  const frames = [...(error?.traceback ?? "").matchAll(FRAME)];
  return { way, function: frames.at(-1)?.[1] ?? "" };
}

/** A frame of an integration's own code. */
const FRAME = /File "zerver\/webhooks\/[^"]+", line \d+, in (\S+)/g;

/**
 * The verdict about a field, which takes in all ways in which it fails.
 * @param evidence A fixture that has the field like that.
 */
export function fieldVerdict(
  { delivery: { error } }: Outcome,
  check: FailedCheck,
  shape: string,
  evidence: string | undefined,
): Verdict {
  return {
    severity: evidence === undefined ? "warning" : "error",
    kind: "server-error",
    message: evidence === undefined ? "" : `${evidence} has it so.`,
    key: `server-error ${check.function} ${shape}`,
    ...whereOf(error),
    ...(check.function !== "" && { function: check.function }),
  };
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 200);

/** The server's database holds neither NUL nor half of a surrogate pair. */
function unstorable({ delivery: { messages } }: Outcome): Verdict[] {
  const bad = messages.some(({ topic = "", content }) => {
    return /\0|\p{Cs}/u.test(topic + content);
  });
  if (!bad) return [];
  const message = "A message holds a character that the server's database cannot store.";
  return [{ severity: "error", kind: "unstorable", message, key: "unstorable" }];
}

/** Texts that people write every day; that one is refused loses a message. */
const ORDINARY = new Set(["lines", "long", "unicode", "punctuation"]);

function lost({ kind, delivery }: Outcome, { id, about }: Mutation, { plain }: Harmless) {
  const refused = kind === "refused" || kind === "validation";
  if (!refused || !ORDINARY.has(id) || plain?.kind !== "message") return [];
  const reason = delivery.error?.message ?? reasonIn(delivery.response.body);
  const message = `The message is lost for ${about}: ${firstLine(reason)}`;
  return [{ severity: "warning", kind: "lost", message, key: `lost ${id}` } as const];
}

function reasonIn(body: string): string {
  try {
    return String((JSON.parse(body) as { msg?: unknown }).msg ?? body);
  } catch {
    return body;
  }
}

function escapes(
  { delivery: { messages } }: Outcome,
  { id, about }: Mutation,
  { plain, lines }: Harmless,
  render: Rendering,
): Verdict[] {
  if (messages.length === 0) return [];
  const html = messages.map(render).join("\n");
  const verdicts: Verdict[] = [];
  const before = plain?.delivery.messages.map(render).join("\n") ?? "";
  if (id === "mention" && wildcardMentions(html) > wildcardMentions(before)) {
    const message = "A text of the payload mentions everybody in the stream.";
    verdicts.push({ severity: "warning", kind: "mention", message, key: "mention" });
  }
  const harmless = INLINE.has(id) ? plain : lines;
  if (!harmless || !BREAKERS.has(id)) return verdicts;
  const calm = harmless.delivery.messages.map(render).join("\n");
  for (const container of leftBehind(calm, html)) {
    // Bold text is made of names, which have one line.
    if (id === "lines" && container === "bold text") continue;
    verdicts.push({
      severity: "warning",
      kind: "break-out",
      message: `${capital(about)} ends or breaks the ${container} that it stands in.`,
      key: `break-out ${container} ${id}`,
    });
  }
  return verdicts;
}

const BREAKERS = new Set(["lines", "fence", "tilde", "code", "link", "bracket", "stars"]);
/** Those of one line, and the line break itself, are compared with a text of one line. */
const INLINE = new Set(["code", "link", "bracket", "stars", "lines"]);

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The containers that held both marks of a harmless text, and not both of a hostile one. */
function leftBehind(calm: string, html: string): Container[] {
  const expected = landingsOf(calm, SECOND_MARK);
  const firsts = landingsOf(html, FIRST_MARK);
  const seconds = landingsOf(html, SECOND_MARK);
  const left = new Set<Container>();
  for (const [index, landing] of expected.entries()) {
    const first = firsts[index];
    const second = seconds[index];
    if (!first || !second) continue;
    for (const container of landing.containers) {
      if (!first.containers.has(container) || !second.containers.has(container))
        left.add(container);
    }
    if (landing.containers.has("link") && first.href?.includes(FOREIGN_HOST)) left.add("link");
  }
  return [...left];
}
