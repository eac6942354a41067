import { describe, expect, it } from "vitest";
import {
  articleFor,
  isPast,
  pastOf,
  plural,
  singular,
  spelledOut,
} from "../../src/payload/index.ts";

describe("the little English there is", () => {
  // Objects have these by themselves.
  it.each(["constructor", "__proto__", "toString"])("takes %s for a word like others", (word) => {
    expect(singular(word)).toBe(word);
    expect(pastOf(word)).toBe(`${word}${word.endsWith("e") ? "d" : "ed"}`);
    expect(spelledOut(word)).toBe(word.replaceAll("_", " "));
  });

  it.each([
    ["issues", "issue"],
    ["entries", "entry"],
    ["boxes", "box"],
    ["status", "status"],
    ["analysis", "analysis"],
    ["people", "person"],
    ["bus", "bus"],
    ["alias", "alias"],
    ["analytics", "analytics"],
    ["ids", "id"],
    ["data", "data"],
  ])("one of %s is a %s", (many, one) => expect(singular(many)).toBe(one));

  it.each([
    ["entry", "entries"],
    ["key", "keys"],
    ["branch", "branches"],
    ["commit", "commits"],
    ["child", "children"],
    ["person", "people"],
    ["index", "indices"],
    ["series", "series"],
  ])("many of a %s are %s", (one, many) => expect(plural(one)).toBe(many));

  it.each([
    ["create", "created"],
    ["open", "opened"],
    ["reply", "replied"],
    ["deploy", "deployed"],
    ["send", "sent"],
    ["submit", "submitted"],
    ["merged", "merged"],
  ])("%s in the past is %s", (verb, past) => {
    expect(pastOf(verb)).toBe(past);
    expect(isPast(past)).toBe(true);
  });

  it.each(["feed", "speed", "issue"])("%s is no deed", (word) => expect(isPast(word)).toBe(false));

  it.each([
    ["issue", "an"],
    ["user", "a"],
    ["upload", "an"],
    ["deployment", "a"],
  ])("%s takes %s", (noun, article) => expect(articleFor(noun)).toBe(article));
});
