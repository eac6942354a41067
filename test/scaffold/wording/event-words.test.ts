import { describe, expect, it } from "vitest";
import { wordsOfEvent } from "../../../src/scaffold/wording/event-words.ts";

describe("wordsOfEvent", () => {
  it.each([
    ["deployment.approved", "deployment", "approved"],
    ["issue:created", "issue", "created"],
    ["dealWon", "deal", "won"],
    ["PULL_REQUEST_MERGED", "pull request", "merged"],
    ["opened", undefined, "opened"],
    ["contact.creation", "contact", "created"],
    ["company.privacyDeletion", "company privacy", "deleted"],
  ])("reads %s as a verb", (event, subject, verb) => {
    expect(wordsOfEvent(event)).toMatchObject({ subject, verb, intransitive: false });
  });

  it("knows what nobody does to a thing", () => {
    expect(wordsOfEvent("build.failed")).toMatchObject({ verb: "failed", intransitive: true });
  });

  it("knows how a thing can be", () => {
    expect(wordsOfEvent("check.down")).toMatchObject({
      subject: "check",
      verb: "is down",
      intransitive: true,
    });
  });

  it.each([
    ["issues", "issue", "Issues"],
    ["Merge Request Hook", "merge request", "Merge request"],
    ["new_error", "new error", "New error"],
    ["build_status", "build status", "Build status"],
    ["news_feed", "news feed", "News feed"],
    ["weekly_follow_up", "weekly follow up", "Weekly follow up"],
  ])("reads %s as a noun", (event, noun, label) => {
    expect(wordsOfEvent(event)).toMatchObject({ verb: undefined, noun, label });
  });

  it.each([
    ["PUSH_ARTIFACT", "artifact", "pushed"],
    ["hire_candidate", "candidate", "hired"],
    ["members:pledge:create", "member pledge", "created"],
    ["incident.trigger", "incident", "triggered"],
    ["git.pullrequest.merged", "pull request", "merged"],
    ["conversation.admin.assigned", "conversation", "assigned"],
  ])("reads %s, whatever form the verb has and where it stands", (event, subject, verb) => {
    expect(wordsOfEvent(event)).toMatchObject({ subject, verb });
  });

  it.each([
    ["move_card_into_list", "card", "moved"],
    ["gift_cards.purchase", "gift card", "purchased"],
    ["cancel_or_refund", undefined, undefined],
  ])("reads in %s to what it was done", (event, subject, verb) => {
    expect(wordsOfEvent(event)).toMatchObject({ subject, verb });
  });

  it("leaves out the service's name in front", () => {
    expect(wordsOfEvent("acme_deploy:job_done", "Acme Deploy").tokens).toEqual(["job", "done"]);
    expect(wordsOfEvent("acme", "Acme").tokens).toEqual(["acme"]);
  });

  it("reads how a run went from the noun at the end", () => {
    expect(wordsOfEvent("deployment.error")).toMatchObject({
      subject: "deployment",
      verb: "failed",
    });
    expect(wordsOfEvent("build_success")).toMatchObject({ subject: "build", verb: "succeeded" });
  });

  it("tells what an action was done to", () => {
    expect(wordsOfEvent("contact.added_email")).toMatchObject({
      subject: "contact",
      verb: "added",
      object: "email",
    });
  });

  it("makes something of anything", () => {
    expect(wordsOfEvent("***")).toMatchObject({ label: "Notification", noun: undefined });
  });
});
