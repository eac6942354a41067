/** What a text of a payload does to a message that it should not. */
import type { SentMessage } from "../engine/types.ts";
import { type Container, landingsOf, wildcardMentions } from "./landing.ts";
import { FIRST_MARK, FOREIGN_HOST, type Mutation, SECOND_MARK } from "./mutations.ts";
import { firstLine, type Outcome, type Verdict } from "./outcome.ts";

/** What a text is compared with: what came of two harmless ones at the same place. */
export interface Harmless {
  readonly plain?: Outcome;
  readonly lines?: Outcome;
}

/** Renders a message. */
export type Rendering = (message: SentMessage) => string;

/** What is wrong with the messages, or the answer, that came of a text. */
export function textVerdicts(
  outcome: Outcome,
  mutation: Mutation,
  harmless: Harmless,
  render: Rendering,
): Verdict[] {
  return [
    ...unstorable(outcome),
    ...lost(outcome, mutation, harmless),
    ...escapes(outcome, mutation, harmless, render),
  ];
}

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
      message: "",
      container,
      key: `break-out ${container}`,
      way: about,
    });
  }
  return verdicts;
}

const BREAKERS = new Set(["lines", "fence", "tilde", "code", "link", "bracket", "stars"]);
/** Those of one line, and the line break itself, are compared with a text of one line. */
const INLINE = new Set(["code", "link", "bracket", "stars", "lines"]);

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
