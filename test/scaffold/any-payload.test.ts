/** Whatever a payload holds, the drafted view is Python, and the tests that come with it pass. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { applyChanges } from "../../src/host/changes.ts";
import { openSharedEngine } from "../support/pools.ts";
import { soak } from "../support/soak.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";
import { anyPayload, twoPayloads } from "./payloads.ts";
import { plan } from "./support.ts";

const nested = (depth: number): unknown => (depth === 0 ? "end" : { data: nested(depth - 1) });
const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key_${at}`, `v${at}`]));

const odd: Record<string, unknown[]> = {
  // A server refuses what is deeper than 200 levels, and so does the view.
  deep: [nested(190)],
  many_keys: [{ title: "T", ...many }],
  empty: [{}],
  empty_list: [[]],
  no_value: [null],
  outer_lists: [[{ event: "a.b", title: "One" }, { title: "Two" }]],
  python_words: [{ class: "a", import: { name: "b" }, None: { title: "c", id: 4 }, lambda: "d" }],
  lists_of_words: [
    {
      class: [{ name: "a" }],
      lambdas: [{ title: "b" }],
      import: [{ "": "c" }],
      checks: [{ as: "d" }],
    },
  ],
  quotes: [{ 'say "hi"': { "it's": "a \"b\" 'c'", title: '"""' } }],
  numbers: [{ number: 12345678901234567890n.toString(), id: 2 ** 60, size: 1e300, n: -0 }],
  zero_bytes: [{ title: "a\u0000b", body: "\u0000", user: { name: "\u0001" } }],
  long_text: [{ title: "T", body: "~~~~\n".repeat(3000), message: "x".repeat(200_000) }],
  types_differ: [
    { title: "T", url: 5, user: { name: "a" } },
    { title: 4, url: [], user: "a" },
  ],
  own_names: [
    {
      payload: { body: "a", get_link: "b" },
      issue: { title: "[x]", html_url: "https://x.example/" },
    },
  ],
};

it("passes its own tests", async () => {
  const root = temporaryWorkspace();
  const drafts = await openSharedEngine({ root, targets: [] });
  onTestFinished(() => drafts.close());
  const folder = temporaryDirectory();
  const cases: Record<string, unknown[]> = { ...odd };
  const runs = { numRuns: soak ? 14 : 5, seed: 20_231_114 };
  for (const [at, value] of fc.sample(anyPayload, runs).entries()) cases[`any_${at}`] = [value];
  for (const [at, values] of fc.sample(twoPayloads, runs).entries()) cases[`two_${at}`] = values;
  for (const [name, values] of Object.entries(cases)) {
    const payloads = values.map((value, at) => {
      const path = join(folder, `${name}_${at}.json`);
      writeFileSync(path, JSON.stringify(value));
      return path;
    });
    const { changes } = await plan(await openCheckout(root), { name, payloads }, drafts);
    await applyChanges(root, changes);
  }
  const names = Object.keys(cases);
  const targets = names.map((name) => ({ name, directory: `zerver/webhooks/${name}` }));
  const engine = await openSharedEngine({ root, targets });
  try {
    const { integrations } = await engine.runTests({ names });
    const failures = integrations
      .flatMap(({ tests }) => tests)
      .filter(({ status }) => status !== "passed");
    expect(failures).toEqual([]);
    expect(integrations.map(({ name }) => name).sort()).toEqual([...names].sort());
  } finally {
    await engine.close();
  }
});
