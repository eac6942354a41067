// What an author would choose with --show and --topic-from: what their own messages show, and the draft does not.
import { compare, shown, shows } from "./compare.mjs";

/** The texts and numbers of a payload, by the names that fields have for people: without the indexes of lists. */
function fieldsOf(payload) {
  const found = new Map();
  const walk = (value, name) => {
    if (Array.isArray(value)) for (const item of value) walk(item, name);
    else if (value !== null && typeof value === "object")
      for (const [key, inner] of Object.entries(value)) walk(inner, name ? `${name}.${key}` : key);
    else if (typeof value === "string" || typeof value === "number")
      found.set(name, [...(found.get(name) ?? []), String(value)]);
  };
  walk(payload, "");
  return found;
}

/** The fields whose values are in most of the messages whose payloads have them. */
function usual(cases, isIn) {
  const counts = new Map();
  for (const one of cases)
    for (const [name, values] of fieldsOf(one.payload)) {
      const count = counts.get(name) ?? { all: 0, told: 0 };
      count.all += 1;
      if (values.some((value) => isIn(one, value))) count.told += 1;
      counts.set(name, count);
    }
  return [...counts].flatMap(([name, { all, told }]) => (told * 2 > all ? [name] : []));
}

/**
 * @param told The payloads with their authors' messages.
 * @param drafted What the draft without choices sends for each; undefined where it sends nothing.
 * @param fields The plan's fields.
 * @returns The choices, by the names of fields.
 */
export function authorsChoices(told, drafted, fields) {
  const cases = told.map(({ payload, messages: [author] }, at) => {
    const draft = drafted[at]?.content === undefined ? undefined : drafted[at];
    const { missing, lostLinks } = compare(payload, author, draft);
    return { payload, author, lost: new Set([...missing, ...lostLinks]) };
  });
  const known = new Set(fields.map(({ name }) => name));
  const isLost = ({ lost }, value) => lost.has(value) || lost.has(shown(value));
  const show = usual(cases, isLost).filter((name) => known.has(name));
  // What is cut in a topic, and what it has by chance, nobody would choose for one.
  const isInTopic = ({ author }, value) =>
    value.length > 1 && value.length <= 60 && shows(author.topic, shown(value));
  const topicFrom = inOrder(
    usual(cases, isInTopic).filter((name) => known.has(name)),
    cases,
  );
  const [first] = cases;
  const isFixed = cases.every(({ author }) => author.topic === first.author.topic);
  const topic = once(topicFrom, cases)
    .slice(0, MAX_IN_TOPIC)
    .map((name) => `{${name}}`)
    .join(" / ");
  return {
    show: once(show, cases),
    hide: [],
    headline: [],
    topic: topic !== "" ? [topic] : isFixed ? [first.author.topic] : [],
  };
}

const MAX_IN_TOPIC = 3;

/** In the order in which the first topic has them. */
function inOrder(names, cases) {
  const place = (name) =>
    Math.min(
      ...cases.flatMap(({ payload, author }) =>
        (fieldsOf(payload).get(name) ?? []).map((value) => {
          const at = author.topic.toLowerCase().indexOf(shown(value).toLowerCase());
          return at < 0 ? Number.POSITIVE_INFINITY : at;
        }),
      ),
    );
  return [...names].sort((a, b) => place(a) - place(b));
}

/** Of fields that always have the same value one is enough. */
function once(names, cases) {
  const seen = new Set();
  return names.filter((name) => {
    const values = JSON.stringify(cases.map(({ payload }) => fieldsOf(payload).get(name)));
    return !seen.has(values) && seen.add(values);
  });
}
