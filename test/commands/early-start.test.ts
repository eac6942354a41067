import { expect, it } from "vitest";
import { needsPython } from "../../src/commands/index.ts";

it.each([
  ["test mywebhook", true],
  ["-C tree test mywebhook", true],
  ["test mywebhook --engine checkout", false],
  ["test mywebhook --engine=checkout", false],
  ["new mywebhook --yes", true],
  ["new mywebhook --dry-run", false],
  ["preview mywebhook", true],
  ["screenshot --all", true],
  ["screenshot --all --check", false],
  ["lint --all", false],
  ["test --help", false],
  ["help test", false],
  ["tset", false],
])("'%s' starts Python at once: %s", (line, starts) => {
  expect(needsPython(line.split(" "))).toBe(starts);
});
