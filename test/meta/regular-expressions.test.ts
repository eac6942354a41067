/** Regular expressions meet what strangers wrote: none may take more time than in proportion to its text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

/** Those that the analysis takes for slow, and why they are not. */
const NOT_SLOW: Readonly<Record<string, string>> = {
  "src/commands/address-input.ts": "the pattern is typed by the user",
  "src/payload/read.ts": "the text is one line of V8's, with ten characters of the payload",
  "src/python/splice.ts": "nothing after the blanks is required, so nothing is tried again",
  "src/server/page/json-layout.ts": "the text has 100 characters",
};

interface Literal {
  readonly path: string;
  readonly text: string;
}

function literalsOf(path: string): Literal[] {
  const source = readFileSync(join(packageRoot, path), "utf8");
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push({ path, text: node.text });
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest));
  return found;
}

function isSlow({ text }: Literal): boolean {
  const end = text.lastIndexOf("/");
  const flags = text.slice(end + 1).replace("d", "");
  return analyse({ source: text.slice(1, end), flags }).reports.length > 0;
}

it("none is slower than in proportion to its text", () => {
  const paths = readdirSync(join(packageRoot, "src"), { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => path.endsWith(".ts")).map((path) => join("src", path));
  const literals = files.flatMap(literalsOf);
  expect(literals.length).toBeGreaterThan(1_000);
  const slow = literals.filter(isSlow);
  expect(slow.filter(({ path }) => NOT_SLOW[path] === undefined)).toEqual([]);
  expect(slow.map(({ path }) => path)).toEqual(Object.keys(NOT_SLOW));
});

it("is said of those that are: runs that are tried from each of their places, and runs that share characters", () => {
  for (const text of ["/_+$/", "/^\\s*\\)?\\s*x/", "/^(?:a+b?)+$/"]) {
    expect([text, isSlow({ path: "", text })]).toEqual([text, true]);
  }
  expect(isSlow({ path: "", text: "/(?<!_)_+$/" })).toBe(false);
});
