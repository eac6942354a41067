/** Which findings are told as one. */
import { expect, it } from "vitest";
import { folded } from "../../src/fuzz/fold.ts";

const finding = (place: string, more: object = {}) => ({
  severity: "warning",
  kind: "server-error",
  function: "show",
  path: "view.py",
  line: 7,
  places: [place],
  count: 2,
  ...more,
});

const placesOf = (...findings: ReturnType<typeof finding>[]) =>
  folded(findings).map(({ places }) => places.join(" "));

it("tells fields that one line reads as one, and others by themselves", () => {
  expect(folded([finding("/b"), finding("/a")])).toEqual([
    { ...finding("/b"), places: ["/a", "/b"], count: 4 },
  ]);
  expect(placesOf(finding("/a"), finding("/b", { line: 8 }))).toEqual(["/a", "/b"]);
  expect(placesOf(finding("/a"), finding("/b", { severity: "error" }))).toEqual(["/a", "/b"]);
  const assumed = { severity: "assumption" };
  expect(placesOf(finding("/a", assumed), finding("/b", assumed))).toEqual(["/a", "/b"]);
});

it("tells what has one cause as one, wherever it fails", () => {
  const usual = { cause: "usual tag" };
  const elsewhere = { ...usual, function: "other", line: 9 };
  expect(placesOf(finding("/a/tag", usual), finding("/b/tag", elsewhere))).toEqual([
    "/a/tag /b/tag",
  ]);
});

it("tells containers that the same texts get out of as one", () => {
  const out = (container: string, way: string) => ({
    kind: "break-out",
    containers: [container],
    ways: [way],
  });
  const [one, ...more] = folded([
    finding("/a", out("code", "a backtick")),
    finding("/a", out("link", "a bracket")),
    finding("/b", out("link", "a bracket")),
  ]);
  expect(one).toMatchObject({ containers: ["code", "link"], ways: ["a backtick", "a bracket"] });
  expect(more).toHaveLength(1);
});
