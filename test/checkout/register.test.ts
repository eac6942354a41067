import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@astral-sh/ruff-wasm-nodejs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCheckout, planRegistration, planUnregistration } from "../../src/checkout/index.ts";
import type { Checkout, Registration } from "../../src/checkout/model.ts";
import { orderOf, placeFor } from "../../src/checkout/order.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { caseFile, caseNames, makeTree } from "./tree.ts";

function registrationOf(name: string): Registration {
  return JSON.parse(caseFile(name, "registration.json")) as Registration;
}

async function open(registry: string): Promise<Checkout> {
  return openCheckout(makeTree(registry));
}

describe.each(caseNames)("the case %s", (name) => {
  const before = caseFile(name, "before.py");
  const after = caseFile(name, "after.py");

  it("becomes what it should, and is valid Python", async () => {
    const edit = planRegistration(await open(before), registrationOf(name));
    expect(edit.after).toBe(after);
    expect(edit.before).toBe(before);
    expect(parseModule(edit.after).problems).toEqual([]);
  });

  it("is read back as it was asked for, and refused a second time", async () => {
    const checkout = await open(after);
    const wanted = registrationOf(name);
    const found = checkout.integrations.find((one) => one.name === wanted.name);
    expect(found).toMatchObject({
      displayName: wanted.displayName,
      categories: wanted.categories,
      streamName: wanted.streamName ?? wanted.name,
      noScreenshot: wanted.screenshots.length === 0,
    });
    if (checkout.dialect.registry.screenshotStyle !== "none") {
      expect(found?.screenshots).toMatchObject(wanted.screenshots);
    }
    expect(() => planRegistration(checkout, wanted)).toThrow(/already registered/);
  });

  it("keeps Windows line breaks and a byte order mark", async () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    const edit = planRegistration(await open(windows(before)), registrationOf(name));
    expect(edit.after).toBe(windows(after));
  });

  it("comes back to where it was when the integration is taken out", async () => {
    const edit = planUnregistration(await open(after), registrationOf(name).name);
    // A comma or a line of its own that an old entry was given stays.
    if (name !== "no-trailing-comma") expect(edit.after).toBe(before);
    expect(parseModule(edit.after).problems).toEqual([]);
  });
});

describe("planRegistration", () => {
  const cedar = registrationOf("dict-sorted");

  it.each([
    [{ name: "birch" }, "already-registered", "line "],
    [{ name: "maple" }, "name-taken", "without a webhook"],
    [{ name: "Not Valid" }, "invalid-name", "cannot be"],
    [{ categories: ["monitorin"] }, "unknown-category", "monitorin"],
    [{ categories: [] }, "unknown-category", "needs a category"],
    [
      { name: "elm", screenshots: [{ fixture: "a.json", customHeaders: { a: "b" } }] },
      undefined,
      "",
    ],
  ])("%j leads to %s", async (change, code, message) => {
    const checkout = await open(caseFile("dict-sorted", "before.py"));
    const plan = (): unknown => planRegistration(checkout, { ...cedar, ...change });
    if (code === undefined) return expect(plan).not.toThrow();
    expect(plan).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it("refuses a config field that the tree does not have", async () => {
    const text = caseFile("dict-sorted", "before.py").replace(/ {4}custom_headers.*\n/, "");
    const screenshots = [{ fixture: "a.json", customHeaders: { a: "b" } }];
    const checkout = await open(text);
    expect(() => planRegistration(checkout, { ...cedar, screenshots })).toThrow(
      expect.objectContaining({ code: "unsupported-option" }),
    );
  });

  it("joins a name to a union on one line, and takes names out of unions", async () => {
    const union = (text: string): string =>
      caseFile("inline", "before.py").replace(/(SCREENSHOTS = )[\s\S]*$/, `$1${text}\n`);
    const quiet = { ...cedar, screenshots: [] };
    const edit = planRegistration(await open(union('{"fir"} | {"email"}')), quiet);
    expect(edit.after).toContain('= {"fir"} | {"email"} | {"cedar"}\n');
    const checkout = await open(edit.after);
    expect(planUnregistration(checkout, "cedar").after).toBe(edit.before);
    expect(planUnregistration(checkout, "fir").after).not.toContain('"fir"');
    const bracketed = planRegistration(await open(union('({"fir"} | OTHERS)')), quiet);
    expect(bracketed.after).toContain('({"fir"} | OTHERS | {"cedar"})\n');
  });

  it("refuses a leftover screenshot entry of the same name", async () => {
    const text = caseFile("dict-sorted", "before.py").replace(
      "DOC_SCREENSHOT_CONFIG: dict[str, list[ScreenshotConfig]] = {\n",
      '$&    "cedar": [ScreenshotConfig("old.json")],\n',
    );
    const checkout = await open(text);
    expect(() => planRegistration(checkout, cedar)).toThrow(
      /already has an entry for cedar \(line \d+\)/,
    );
  });

  it("only adds lines, for any name and text, formatted as ruff does, and can be undone", async () => {
    const checkout = await open(caseFile("dict-sorted", "before.py"));
    const ruff = new Workspace({ "line-length": 100 }, 0);
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
      .map((all) => `N${all}`);
    const registration = fc.record({
      name: fc.stringMatching(/^x[a-z0-9]{1,20}$/),
      displayName: text,
      categories: fc.shuffledSubarray(["monitoring", "project-management"], { minLength: 1 }),
      streamName: fc.option(text, { nil: undefined }),
      screenshots: fc.array(
        fc.record({
          fixture: text,
          botName: fc.option(text, { nil: undefined }),
          useBasicAuth: fc.boolean(),
          extraParams: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text, {
            noNullPrototype: true,
          }),
        }),
        { maxLength: 2 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(registration, async (wanted) => {
        const edit = planRegistration(checkout, wanted);
        const kept = new Set(edit.after.split("\n"));
        expect(edit.before.split("\n").filter((line) => !kept.has(line))).toEqual([]);
        if (isAscii(JSON.stringify(wanted))) expect(ruff.format(edit.after)).toBe(edit.after);
        writeFileSync(join(checkout.root, edit.path), edit.after);
        const again = await openCheckout(checkout.root);
        expect(planUnregistration(again, wanted.name).after).toBe(edit.before);
      }),
      { numRuns: 40 },
    );
  });
});

/** Formatters count wide characters twice. */
function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

describe("order", () => {
  it("sees what is sorted, what is nearly so and what is not", () => {
    expect(orderOf(["a", "b", "c"])).toBe("sorted");
    expect(orderOf(["a", "c", "b", "d", "e", "f", "g"])).toBe("mostly");
    expect(orderOf(["c", "b", "a"])).toBe("free");
    expect(orderOf([])).toBe("sorted");
  });

  it("finds the place: in the alphabet, past the strays, or at the end", () => {
    expect(placeFor(["a", "c"], "b")).toBe(1);
    expect(placeFor(["b", "c"], "a")).toBe(0);
    expect(placeFor(["a", "b"], "c")).toBe(2);
    expect(placeFor(["a", "d", "b", "e", "f", "g", "h", "i", "k", "l", "gci"], "c")).toBe(3);
    expect(placeFor(["zendesk", "zabbix"], "b")).toBe(2);
    expect(placeFor(["a", "b", "c", "d", "e", "f", "g", "x", "z", "y", "gci"], "q")).toBe(7);
  });
});
