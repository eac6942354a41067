import { describe, expect, it } from "vitest";
import { wordsOfEvent } from "../../src/scaffold/event-words.ts";

describe("wordsOfEvent", () => {
  it.each([
    ["deployment.finished", "deployment", "finished"],
    ["issue:created", "issue", "created"],
    ["dealWon", "deal", "won"],
    ["PULL_REQUEST_MERGED", "pull request", "merged"],
    ["opened", undefined, "opened"],
  ])("reads %s as a deed", (event, subject, verb) => {
    expect(wordsOfEvent(event)).toMatchObject({ subject, verb, ownDeed: false });
  });

  it("knows what nobody does to a thing", () => {
    expect(wordsOfEvent("build.failed")).toMatchObject({ verb: "failed", ownDeed: true });
  });

  it.each([
    ["issues", "issue", "Issues"],
    ["Push Hook", "push hook", "Push hook"],
    ["build_status", "build status", "Build status"],
    ["news_feed", "news feed", "News feed"],
  ])("reads %s as a noun", (event, noun, label) => {
    expect(wordsOfEvent(event)).toMatchObject({ verb: undefined, noun, label });
  });

  it("makes something of anything", () => {
    expect(wordsOfEvent("***")).toMatchObject({ label: "Notification", noun: undefined });
  });
});
