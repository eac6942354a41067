import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkCategories,
  checkDisplayName,
  checkNewName,
  checkStreamName,
  defaultDisplayName,
} from "../../src/scaffold/index.ts";
import { classNameOf, clientNameOf } from "../../src/scaffold/names.ts";
import { openWorkspace } from "./support.ts";

const refusal = (code: string) => expect.objectContaining({ code, exitCode: 2 });

describe("the name", () => {
  it("must be free in the registry, among other integrations and in the folder", async () => {
    const checkout = await openWorkspace();
    const [first] = checkout.integrations;
    mkdirSync(join(checkout.root, "zerver/webhooks/orphan"));
    const others = { ...checkout, otherNames: new Set(["hubot_thing"]) };

    expect(() => checkNewName(checkout, first?.name ?? "")).toThrow(refusal("already-registered"));
    expect(() => checkNewName(others, "hubot_thing")).toThrow(refusal("name-taken"));
    expect(() => checkNewName(checkout, "orphan")).toThrow(refusal("folder-exists"));
    expect(() => checkNewName(checkout, "acmedeploy")).not.toThrow();
  });

  it.each([
    "",
    "My-Hook",
    "../x",
    "class",
    "1abc",
    "a".repeat(300),
    "é",
    "a b",
    "a\n",
    "__init__",
  ])("may not be %j", async (name) => {
    const checkout = await openWorkspace();
    expect(() => checkNewName(checkout, name)).toThrow(refusal("invalid-name"));
  });
});

describe("the display name", () => {
  it.each([
    "Acme Deploy",
    "C++ Builder 3",
    'AT&T "Alerts"',
    "Ünïcode’s",
    "日本",
    "it's",
    "C#",
    "a_b",
  ])("may be %s", (text) => expect(() => checkDisplayName(text)).not.toThrow());

  it.each([
    ["", "it is empty"],
    ["  ", "it is empty"],
    ["a\nb", "it holds a line break"],
    ["a\u0000b", "it holds a control or an invisible character"],
    ["a\u202eb", "it holds a control or an invisible character"],
    [" a", "it starts or ends with a space"],
    ["a".repeat(61), "it is longer than 60 characters"],
    ["{{ config }}", "it holds {, which has a meaning in documentation"],
    ["<b>", "it holds <, which has a meaning in documentation"],
    ["[a](b)", "it holds [, which has a meaning in documentation"],
    ["!!!", "it holds no letter or digit"],
  ])("may not be %j, because %s", (text, reason) => {
    expect(() => checkDisplayName(text)).toThrow(refusal("invalid-display-name"));
    expect(() => checkDisplayName(text)).toThrow(reason);
  });

  it("is made from the name when nobody gave one", () => {
    expect(defaultDisplayName("acme_deploy")).toBe("Acme Deploy");
  });
});

describe("the stream", () => {
  it("must be one visible line", () => {
    expect(() => checkStreamName("general chat #1 [x]", "stream")).not.toThrow();
    for (const text of ["", " ", "a".repeat(61), "a\nb", "a\u0007"]) {
      expect(() => checkStreamName(text, "channel")).toThrow(refusal("invalid-stream"));
    }
  });
});

describe("categories", () => {
  it("must be the tree's, and the nearest are named", async () => {
    const checkout = await openWorkspace();
    expect(() => checkCategories(checkout, ["deployment"])).not.toThrow();
    expect(() => checkCategories(checkout, [])).toThrow("An integration needs a category.");
    expect(() => checkCategories(checkout, ["deploymnt", "monitoring", "zzz"])).toThrow(
      expect.objectContaining({
        code: "unknown-category",
        message: "There is no category called deploymnt or zzz.",
        hint: "Did you mean deployment?",
      }),
    );
  });
});

describe("names in one word", () => {
  it.each([
    ["Acme Deploy", "AcmeDeploy", "AcmeDeploy"],
    ["GitHub", "GitHub", "GitHub"],
    ["Élan's & Co. 3", "ÉlansCo3", "ElansCo3"],
    ["日本", "日本", "AcmeTool"],
    ["3CX", "3CX", "AcmeTool"],
  ])("of %s are %s and %s", (displayName, client, testClass) => {
    expect(clientNameOf(displayName)).toBe(client);
    expect(classNameOf(displayName, "acme_tool")).toBe(testClass);
  });
});
