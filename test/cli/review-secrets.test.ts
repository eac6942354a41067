/** What a review makes public: a comment on a pull request is read by more people than the branch. */
import { expect, it } from "vitest";
import { git } from "../support/git.ts";
import { edit, FOLDER, repository, reviewTexts } from "../support/review.ts";

const FIXTURE = `${FOLDER}/fixtures/deployment_finished__failed.json`;
const token = (word: string): string => `glpat-${word.repeat(4)}`;
const [OLD, NOW] = [token("aB3d9"), token("kX7q2")];

it("masks what lint takes for a credential in messages, differences and failures", async () => {
  const cwd = repository();
  const put = (value: string) =>
    edit(cwd, FIXTURE, (text) =>
      text.replace(/("message": ")(?:\\.|[^"\\])*/, `$1pushed with ${value}`),
    );
  put(OLD);
  git(cwd, "commit", "-qam", "a token");
  put(NOW);
  const { page, summary, stdout, json } = await reviewTexts(cwd);
  expect(summary).toContain("+pushed with glpat-");
  const isIn = (secret: string) => [page, summary, stdout].some((text) => text.includes(secret));
  expect([OLD, NOW].filter(isIn)).toEqual([]);
  const changed = json.integrations[0].messages.filter(
    ({ status }: { status: string }) => status === "changed",
  );
  expect(changed).toHaveLength(1);
  // Two credentials stay two.
  const contents = ["before", "after"].map((side) => changed[0][side].messages[0].content);
  expect(new Set(contents).size).toBe(2);
  expect(json.integrations[0].tests.failures[0].actual).toContain("pushed with glpat-");
  expect(json.notes).toEqual([expect.stringMatching(/^What looks like a credential is masked/)]);
});

it("masks nothing, and says nothing of it, where there is no credential", async () => {
  const cwd = repository();
  edit(cwd, FIXTURE, (text) =>
    text.replace(/("message": ")(?:\\.|[^"\\])*/, "$1pushed with a token"),
  );
  const { json, summary } = await reviewTexts(cwd);
  expect(json.notes).toEqual([]);
  expect(summary).toContain("pushed with a token");
});
