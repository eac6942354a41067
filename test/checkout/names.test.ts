import { describe, expect, it } from "vitest";
import {
  nearestNames,
  suggestName,
  titleCase,
  validateIntegrationName,
} from "../../src/checkout/names.ts";
import { UserError } from "../../src/errors.ts";

describe("validateIntegrationName", () => {
  it.each(["github", "bitbucket3", "slack_incoming", "a", "json"])("takes %s", (name) => {
    expect(validateIntegrationName(name)).toBe(name);
  });

  it.each([
    ["", undefined],
    ["..", undefined],
    ["../evil", "evil"],
    ["/etc/passwd", "passwd"],
    ["a\\b", "b"],
    ["MyService", "myservice"],
    ["my-service", "myservice"],
    ["my service!", "myservice"],
    ["3scale", "scale"],
    ["class", "class_webhook"],
    ["match", "match_webhook"],
    ["__init__", "init"],
    ["a__b", "a_b"],
    ["trailing_", "trailing"],
    ["Grüße", "grue"],
    ["a\nb", "ab"],
    ["日本", undefined],
    ["x".repeat(41), "x".repeat(40)],
  ])("refuses %j and suggests %j", (name, suggestion) => {
    let error: unknown;
    try {
      validateIntegrationName(name);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: "invalid-name", exitCode: 2 });
    const { hint, message } = error as UserError;
    expect(message).not.toContain("\n");
    expect(hint).toContain(suggestion === undefined ? "lower-case letters" : `Use ${suggestion},`);
  });

  it("never suggests a name that it would refuse", () => {
    for (const text of ["_", "9", "-", "if", "A B", "../..", "é", "_a_", "1_2"]) {
      const suggestion = suggestName(text);
      if (suggestion !== undefined) expect(validateIntegrationName(suggestion)).toBe(suggestion);
    }
  });
});

describe("titleCase", () => {
  it.each([
    ["github", "Github"],
    ["slack_incoming", "Slack_Incoming"],
    ["bitbucket2", "Bitbucket2"],
    ["a1b", "A1B"],
    ["jira-plugin", "Jira-Plugin"],
    ["oPSGENIE", "Opsgenie"],
  ])("%s becomes %s, as in Python", (name, title) => {
    expect(titleCase(name)).toBe(title);
  });
});

describe("nearestNames", () => {
  const known = [
    "github",
    "gitlab",
    "gitea",
    "githubsponsors",
    "zendesk",
    "slack_incoming",
    "slack",
  ];

  it.each([
    ["gihtub", ["github"]],
    ["Github", ["github", "githubsponsors", "gitlab"]],
    ["zendesks", ["zendesk"]],
    ["slackincoming", ["slack_incoming"]],
    ["gitl", ["gitlab"]],
    ["qqqqqqq", []],
    ["", []],
  ])("%s is near %j", (wanted, near) => {
    expect(nearestNames(wanted, known)).toEqual(near);
  });
});
