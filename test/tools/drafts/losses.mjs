// Why drafts lose facts, links and topics: each loss by its kind, so that rules are mended and no names.
import { shown, shows } from "./compare.mjs";

/** The places of a payload's texts and numbers, those outside of lists and near the top first. */
function placesOf(payload) {
  const found = new Map();
  const pending = [[[], payload]];
  while (pending.length > 0) {
    const [path, value] = pending.shift();
    if (value !== null && typeof value === "object")
      for (const [key, inner] of Object.entries(value))
        pending.push([[...path, Array.isArray(value) ? Number(key) : key], inner]);
    else if (typeof value === "string" || typeof value === "number") {
      const text = shown(String(value));
      found.set(text, [...(found.get(text) ?? []), path]);
    }
  }
  const depth = (path) => path.filter((step) => typeof step === "number").length * 20 + path.length;
  for (const paths of found.values()) paths.sort((a, b) => depth(a) - depth(b));
  return found;
}

const keyOf = (path) => String(path.findLast((step) => typeof step === "string") ?? "");
const MAX_LINES = 10;

/** Values that a draft does not show by rule, or that say how rather than what. */
const byRule = [
  [
    "identifier",
    (text, key) =>
      /(^|_|[a-z])(ids?|sha|hash|token|slug|digest)$/i.test(key) ||
      /^[0-9a-f-]{12,}$|^\d{9,}$|^[a-z]{2,5}_\w+$/.test(text),
  ],
  ["e-mail address", (text) => /\S@\S+\.\S/.test(text)],
  [
    "moment",
    (text, key) => /^\d{4}-\d\d-\d\d|^\w{3} \d\d \d\d:\d\d/.test(text) || /timestamp/i.test(key),
  ],
  [
    "word of the event or of a kind",
    (text, key) => /(type|kind|action|event|operator)$/i.test(key) && !/\s/.test(text),
  ],
];

/** Why a fact is lost, and where the draft stopped. */
function reasonOfFact(text, paths, view) {
  const [path = []] = paths;
  const key = keyOf(path);
  const rule = byRule.find(([, fits]) => fits(text, key));
  if (rule) return rule[0];
  const lists = path.filter((step) => typeof step === "number");
  if (lists.some((index) => index >= MAX_LINES)) return "past the lines of a list";
  const isRead = view.includes(`["${key}"]`);
  if (lists.length > 0) return isRead ? "in a list: told of other items" : "in a list: not told";
  return isRead ? "field: read in other cases only" : "field: not chosen";
}

const machineAddress =
  /[?&](key|token|sig|signature|secret|auth)=|\.(png|jpe?g|gif|svg|webp|pdf)(\?|$)|amazonaws/i;

/** What a topic holds of a payload, by keys. */
function keysIn(topic, places) {
  const found = [...places].filter(([text]) => text.length > 1 && shows(topic, text));
  return found.map(([text, [path]]) => ({ text, key: keyOf(path) }));
}

const isIdentifier = ({ text, key }) => byRule[0][1](text, key);

/** Whether a topic has something of its payload that people can read: not a fixed text, and no identifier alone. */
export const tellsOfPayload = (topic, payload) =>
  keysIn(topic, placesOf(payload)).some((found) => !isIdentifier(found));

function pairReason(one, other, isSplit) {
  const keys = [one, other].flatMap(({ topic, places }) => keysIn(topic, places));
  if (keys.length === 0)
    return isSplit ? "the author's topic is fixed" : "the author names the event's kind";
  if (keys.every(isIdentifier)) return "the author's topic is an identifier";
  const longest = keys.sort((a, b) => b.text.length - a.text.length)[0];
  return `the author's topic has ${longest.key}`;
}

/**
 * The losses of an integration.
 * @param judged `{name, cases, view}`; each case with the payload, both messages and what `compare` says.
 * @returns Losses as `{kind: "fact" | "link" | "topics", reason, detail, count}`.
 */
export function lossesOf({ name, cases, view = "" }) {
  const losses = [];
  const add = (kind, reason, detail) => losses.push({ kind, reason, detail, name });
  const all = cases.map(({ payload, author, drafted }) => ({
    places: placesOf(payload),
    topic: author.topic,
    draft: drafted?.topic,
  }));
  for (const [at, { fixture, missing, lostLinks }] of cases.entries()) {
    const { places } = all[at];
    for (const fact of missing) {
      const paths = places.get(fact) ?? [];
      const where = `${fixture} ${(paths[0] ?? ["?"]).join(".")} = ${fact.slice(0, 60)}`;
      add("fact", reasonOfFact(fact, paths, view), where);
    }
    for (const link of lostLinks) {
      const path = (places.get(link) ?? [[]])[0];
      const reason = machineAddress.test(link)
        ? "a file, or an address with a key"
        : path.some((step) => typeof step === "number")
          ? "in a list"
          : `field ${keyOf(path)}`;
      add("link", reason, `${fixture} ${path.join(".")}`);
    }
  }
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      const [author, draft] = [one.topic === other.topic, one.draft === other.draft];
      if (author === draft) continue;
      const what = author ? "split" : "joined";
      add("topics", `${what}: ${pairReason(one, other, author)}`, `${one.topic} | ${other.topic}`);
    }
  return losses;
}

/** Losses by their reasons: how many, in how many integrations, and one of them. */
export function lossTable(losses) {
  const rows = new Map();
  for (const { kind, reason, detail, name } of losses) {
    const key = `${kind}: ${reason}`;
    const row = rows.get(key) ?? { key, count: 0, names: new Set(), example: `${name} ${detail}` };
    row.count += 1;
    row.names.add(name);
    rows.set(key, row);
  }
  return [...rows.values()]
    .sort((a, b) => a.key.split(":")[0].localeCompare(b.key.split(":")[0]) || b.count - a.count)
    .map(
      ({ key, count, names, example }) =>
        `${String(count).padStart(6)} ${String(names.size).padStart(3)}  ${key}  (${example.slice(0, 110)})`,
    );
}
