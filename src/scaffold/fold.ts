/** Functions of a drafted view that would say the same, but for the word that says what happened, become one. */
import type { ViewDraft } from "./draft.ts";
import type { MessageDraft } from "./draft-message.ts";
import type { Body, WordUse } from "./message.ts";

/** The parameter that the word is given by. */
const WORD: WordUse = { use: "word", variable: "action" };

/**
 * Folds functions into one.
 * @returns The draft, in which messages of several events may have one function, each with a word of its own.
 */
export function foldMessages(draft: ViewDraft): ViewDraft {
  const groups = new Map<string, MessageDraft[]>();
  for (const message of draft.messages) {
    const key = keyOf(message);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  const taken = new Set(draft.messages.map(({ functionName }) => functionName));
  const folded = new Map<MessageDraft, MessageDraft>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first || first.body === "setup" || group.length < 2) continue;
    const hasWord = new Set(group.map(({ verb }) => verb)).size > 1;
    const functionName = nameFor(first, hasWord, taken);
    const body = hasWord ? withWord(first.body, first.verb) : first.body;
    for (const message of group)
      folded.set(message, {
        ...message,
        functionName,
        body: renamed(body, first.functionName, functionName),
        ...(hasWord && message.verb !== undefined && { word: message.verb }),
      });
  }
  return { ...draft, messages: draft.messages.map((message) => folded.get(message) ?? message) };
}

/** The same for messages that one function can make. */
function keyOf({ event, body, verb, variant, functionName }: MessageDraft): string | undefined {
  if (event === undefined || body === "setup" || variant) return undefined;
  return JSON.stringify(renamed(withWord(body, verb), functionName, ""));
}

function nameFor(
  { functionName, verb = "" }: MessageDraft,
  hasWord: boolean,
  taken: Set<string>,
): string {
  const name = functionName.replace(`_${verb.replaceAll(" ", "_")}_`, "_");
  const isFree = name !== "get_body" && !taken.has(name);
  const chosen = hasWord && isFree ? name : functionName;
  taken.add(chosen);
  return chosen;
}

/** A body in which a word is left to the caller. */
function withWord(body: Body, word: string | undefined): Body {
  return mapped(body, (value) => (value === word ? WORD : value));
}

/** A body whose lists are told by functions named after another one. */
function renamed(body: Body, from: string, to: string): Body {
  const [before, after] = [from, to].map((name) => name.replace(/_body$/, "_"));
  return mapped(body, (value, key) =>
    key === "functionName" && typeof value === "string"
      ? value.replace(before ?? "", after ?? "")
      : value,
  );
}

/** A copy in which texts are replaced. */
function mapped(body: Body, replace: (value: string, key: string) => unknown): Body {
  return JSON.parse(
    JSON.stringify(body, (key, value) => (typeof value === "string" ? replace(value, key) : value)),
  );
}
