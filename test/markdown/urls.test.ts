import { describe, expect, it } from "vitest";
import { encodeAll, joinUrl, sanitiseUrl, splitUrl } from "../../src/markdown/urls.ts";

describe("sanitiseUrl", () => {
  it.each([
    ["https://example.org", "https://example.org"],
    ["HTTPS://Example.org/A", "https://Example.org/A"],
    ["example.org/a", "http://example.org/a"],
    ["ada@example.org", "mailto:ada@example.org"],
    ["/help", "/help"],
    ["#part", "#part"],
    ["?q=1", "http://?q=1"],
    ["https://example.org/a b", "https://example.org/a%20b"],
    ["https://example.org/?", "https://example.org/"],
    ["https://example.org/#", "https://example.org/"],
    ["https://example.org/a;", "https://example.org/a"],
    ["http:example.org", "http:example.org"],
    ["tel:+15550100", "tel:+15550100"],
    ["http://[::1]:80/", "http://[::1]:80/"],
    ["http://[::1/", ""],
  ])("%s becomes %s", (url, expected) => {
    expect(sanitiseUrl(url)).toBe(expected);
  });

  it.each([
    "javascript:x",
    "\u0001JavaScript:x",
    "java\nscript:x",
    "data:x",
    "localhost:80",
    "x://y",
  ])("%j is refused", (url) => {
    expect(sanitiseUrl(url)).toBeUndefined();
  });
});

describe("splitUrl", () => {
  it("takes an address apart, and joinUrl puts it together", () => {
    const url = "https://ada@example.org:8080/a/b;c?d=e&f#g";
    const parts = splitUrl(url);
    expect(parts).toEqual({
      scheme: "https",
      host: "ada@example.org:8080",
      path: "/a/b;c",
      query: "d=e&f",
      fragment: "g",
    });
    expect(parts && joinUrl(parts)).toBe(url);
  });
});

describe("encodeAll", () => {
  it("leaves letters, digits and -._~ only", () => {
    expect(encodeAll("aZ0-._~ !'()*/é\ud83d")).toBe("aZ0-._~%20%21%27%28%29%2A%2F%C3%A9%EF%BF%BD");
  });
});
