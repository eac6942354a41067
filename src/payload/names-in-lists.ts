/** Lists of people, labels and the like, of which a message tells the names on one line. */
import { type JsonPath, type JsonValue, valueAt } from "./json.ts";
import { wordsOf } from "./keys.ts";
import { dullLists, isList, machineAddress, namedLists, plainAddress } from "./vocabulary.ts";

/** Where the names are of what a list holds, such as people, that needs no line for each. */
export function namesPath(path: JsonPath, lists: readonly JsonValue[]): JsonPath | undefined {
  const key = wordsOf(String(path.at(-1) ?? ""));
  const items = lists.flatMap((list) => (list.kind === "array" ? list.items : [list]));
  // An outermost list of one may wrap what the payload is about.
  const isWrapper = path.length === 1 && items.length === lists.length;
  const isNamed = namedLists.includes(key) || (!isWrapper && isSmallList(key, items));
  if (!isNamed) return undefined;
  if (items.length === 0 || !items.every((item) => item.kind === "object")) return undefined;
  const hasAll = (way: JsonPath): boolean =>
    items.every((item) => valueAt(item, way)?.kind === "string");
  return (
    namePaths.find(hasAll) ??
    givenNames.find((way) => hasAll(way) && hasAll(familyNameBeside(way) ?? way.slice(0, -1)))
  );
}

const givenNames: readonly JsonPath[] = ["first_name", "firstName", "firstname"].flatMap((key) => [
  [key],
  ["user", key],
]);

/** The way to the family name of people in a list, where the other one leads to their given name. */
export function familyNameBeside(way: JsonPath): JsonPath | undefined {
  const key = String(way.at(-1));
  return /^first/.test(key) ? [...way.slice(0, -1), key.replace(/^first/, "last")] : undefined;
}

const MAX_NAMED = 10;
const MAX_FIELDS = 4;

/** Whether it is a list of a few things of which hardly more is said than their names. */
function isSmallList(key: string, items: readonly JsonValue[]): boolean {
  const isPlain = (value: JsonValue): boolean => value.kind !== "object" && value.kind !== "array";
  return (
    key.endsWith("s") &&
    !isList(key) &&
    !dullLists.includes(key) &&
    items.length <= MAX_NAMED &&
    items.every(
      (item) =>
        item.kind === "object" &&
        item.entries.size <= MAX_FIELDS &&
        [...item.entries.values()].every(isPlain) &&
        !item.entries.has("value"),
    )
  );
}

/** The names as a list of texts. */
export function namesIn(list: JsonValue, way: JsonPath): JsonValue {
  const items = list.kind === "array" ? list.items : [];
  const family = familyNameBeside(way);
  const names = items.flatMap((item): JsonValue[] => {
    const [name, last] = [valueAt(item, way), family && valueAt(item, family)];
    if (name?.kind !== "string" || last?.kind !== "string") return name ? [name] : [];
    return [{ kind: "string", value: `${name.value} ${last.value}` }];
  });
  return { kind: "array", items: names };
}

const namePaths: readonly JsonPath[] = [
  ...["name", "full_name", "display_name", "displayName", "title", "summary", "username", "login"],
  ...["slug", "label", "text"],
].flatMap((key) => [[key], ["user", key], ["assignee", key], ["attributes", key]]);

const linkPaths: readonly JsonPath[] = [
  ...["html_url", "web_url", "app_url", "permalink", "profile_url", "url", "link", "href"].map(
    (key) => [key],
  ),
  ["links", "html", "href"],
  ["links", "self", 0, "href"],
];

/** Where each of what lists hold has the address of its page, beside its name. */
export function linksPath(name: JsonPath, lists: readonly JsonValue[]): JsonPath | undefined {
  const items = lists.flatMap((list) => (list.kind === "array" ? list.items : []));
  const isPage = (value: JsonValue | undefined): boolean =>
    value?.kind === "string" && plainAddress.test(value.value) && !machineAddress.test(value.value);
  return linkPaths
    .map((way) => [...name.slice(0, -1), ...way])
    .find((way) => items.every((item) => isPage(valueAt(item, way))));
}
