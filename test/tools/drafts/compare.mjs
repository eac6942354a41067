// What a drafted message is worth beside the author's for the same payload, in numbers.

/** Values that say nothing by being there: they are in any text. */
const MIN_LENGTH = 2;
const MAX_LENGTH = 300;

/** The texts and numbers of a payload, each once. */
export function valuesOf(payload) {
  const found = new Set();
  const pending = [payload];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === "string" || typeof value === "number") found.add(String(value));
    else if (value !== null && typeof value === "object")
      for (const inner of Object.values(value)) pending.push(inner);
  }
  return [...found];
}

const normal = (text) => text.toLowerCase().replaceAll("_", " ");

/** Whether a message shows a value, as a word of its own. */
export function shows(message, value) {
  const [text, wanted] = [normal(message), normal(value)];
  const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + wanted.length])) return true;
  }
  return false;
}

const isAddress = (text) => /^https?:\/\//.test(text);

/** A value as messages show it: its first line, without what Git puts before a branch. */
export const shown = (value) =>
  value
    .trim()
    .split("\n")[0]
    .replace(/^refs\/(heads|tags)\//, "")
    .slice(0, MAX_LENGTH)
    .trim();

const withoutAddresses = (text) => text.replace(/https?:\/\/[^\s)>]+/g, " ");

const linksIn = (text) => [
  ...new Set([...text.matchAll(/https?:\/\/[^\s)>\]]+/g)].map(([address]) => address)),
];

const wordsIn = (text) =>
  withoutAddresses(text)
    .replace(/[*_`~#[\]()>|-]/g, " ")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const whole = ({ topic = "", content }) => withoutAddresses(`${topic}\n${content}`);

/** The values of a payload that a message shows, but addresses. */
export function factsIn(payload, message) {
  const texts = valuesOf(payload).filter((value) => !isAddress(value));
  return [...new Set(texts.map(shown))].filter(
    (value) => value.length >= MIN_LENGTH && shows(whole(message), value),
  );
}

/**
 * Holds a draft's message against the author's.
 * @param payload The payload, parsed.
 * @param author `{topic, content}` of the author's message.
 * @param draft That of the draft's; undefined where it sent none.
 */
export function compare(payload, author, draft) {
  const values = valuesOf(payload);
  const facts = factsIn(payload, author);
  const addresses = new Set(values);
  const links = linksIn(author.content);
  const given = links.filter((link) => addresses.has(link));
  const others = links.filter((link) => !addresses.has(link));
  const isQuoted = (link) => values.some((value) => /\s/.test(value) && value.includes(link));
  const told = draft ?? { topic: "", content: "" };
  const missing = facts.filter((fact) => !shows(whole(told), fact));
  const kept = given.filter((link) => told.content.includes(link));
  return {
    facts: facts.length,
    missing,
    links: given.length,
    keptLinks: kept.length,
    lostLinks: given.filter((link) => !kept.includes(link)),
    /** Links that the payload's texts hold, and those that the author's view makes by itself, are not asked of a draft. */
    quotedLinks: others.filter(isQuoted).length,
    madeLinks: others.filter((link) => !isQuoted(link)).length,
    isEmpty: wordsIn(told.content).length < 3,
    falseFacts: draft ? falseFacts(payload, values, author, draft) : [],
  };
}

function falseFacts(payload, values, author, draft) {
  const found = [];
  const { content } = draft;
  for (const [, before, after] of content.matchAll(/from \*\*(.+?)\*\* to \*\*(.+?)\*\*/g))
    if (before === after) found.push(`a change from ${before} to itself`);
  for (const [, sum] of content.matchAll(/(?<![\d.])(\d+\.\d\d) [A-Z]{3}\b/g)) {
    const other = [Number(sum) * 100, Number(sum) / 100].map((value) => value.toFixed(2));
    const texts = [author.content, ...values].map((text) => text.replaceAll(",", ""));
    const says = (text, number) =>
      new RegExp(`(?<![\\d.])${number.replace(".", "\\.")}(?![\\d.])`).test(text);
    const states = (number) => texts.some((text) => text !== sum && says(text, number));
    if (!states(sum) && other.some(states)) found.push(`the sum ${sum}`);
  }
  for (const [, branch] of content.matchAll(/branch `([^`]+)`/g))
    if (values.includes(`refs/tags/${branch}`)) found.push(`the tag ${branch} as a branch`);
  const actor = /^\*\*([^*]+)\*\* \p{L}/u.exec(content)?.[1];
  const told = `${author.topic ?? ""}\n${author.content}`;
  const named = values
    .map(shown)
    .filter((value) => /^\p{L}[\p{L} .'-]+$/u.test(value))
    .find((value) => author.content.replace(/^[*[@]+/, "").startsWith(`${value} `));
  if (actor && named && !shows(told, actor) && peopleIn(payload).includes(named))
    if (!areOnePerson(payload, actor, named)) found.push(`${actor} did it, and not ${named}`);
  return found;
}

/** Whether some object of the payload has both as names of one person, such as a first name and a whole one. */
function areOnePerson(value, ...names) {
  if (value === null || typeof value !== "object") return false;
  const own = Object.entries(value).filter(
    ([key, text]) => typeof text === "string" && isNameKey(key),
  );
  const texts = own.map(([, text]) => shown(text));
  const isThere = (name) =>
    texts.includes(name) || texts.some((a) => texts.some((b) => `${a} ${b}` === name));
  return (
    names.every(isThere) || Object.values(value).some((inner) => areOnePerson(inner, ...names))
  );
}

const isNameKey = (key) =>
  /(^|_|[a-z])(name|login|user|username|author|actor|display_?name)$/i.test(key) ||
  /^(by|from)$/.test(key);

/** Names under keys that name people. */
function peopleIn(payload, key = "") {
  if (typeof payload === "string") {
    return isNameKey(key) ? [payload] : [];
  }
  if (payload === null || typeof payload !== "object") return [];
  return Object.entries(payload).flatMap(([inner, value]) => peopleIn(value, inner));
}

/**
 * How well the draft's topics group messages as the author's do.
 * @param pairs The two topics of each message.
 * @returns Pairs of messages in one topic: by both, and by each; undefined where there are no two messages.
 */
export function topicPairs(pairs) {
  const counts = { both: 0, author: 0, draft: 0 };
  for (const [index, one] of pairs.entries()) {
    for (const other of pairs.slice(index + 1)) {
      const [author, draft] = [one.author === other.author, one.draft === other.draft];
      if (author) counts.author += 1;
      if (draft) counts.draft += 1;
      if (author && draft) counts.both += 1;
    }
  }
  return counts;
}

/** F1 of pairs; 1 where neither puts two messages together. */
export const f1 = ({ both, author, draft }) =>
  author + draft === 0 ? 1 : (2 * both) / (author + draft);
