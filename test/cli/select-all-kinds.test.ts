/** Naming integrations of both kinds. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { selectAllKinds } from "../../src/commands/select-all-kinds.ts";
import { temporaryWorkspace } from "../support/tree.ts";

async function select(names: string[], more: { all?: boolean; folder?: string } = {}) {
  const checkout = await openCheckout(temporaryWorkspace());
  const { all = false, folder = "" } = more;
  const cwd = join(checkout.root, folder);
  const { webhooks, others } = selectAllKinds(
    checkout,
    { names, all, cwd },
    () => ["buoy", "lamp"],
    (name) => name,
  );
  return [webhooks.map(({ name }) => name), others];
}

describe("selectAllKinds", () => {
  it("takes names of both kinds", async () => {
    expect(await select(["lamp", "harbourline"])).toEqual([["harbourline"], ["lamp"]]);
    expect(await select(["lamp"])).toEqual([[], ["lamp"]]);
  });

  it("takes all of both kinds", async () => {
    expect(await select([], { all: true })).toEqual([["harbourline"], ["buoy", "lamp"]]);
  });

  it("takes the one whose folder the user is in", async () => {
    const folder = "zerver/webhooks/harbourline/fixtures";
    expect(await select([], { folder })).toEqual([["harbourline"], []]);
  });

  it.each([
    ["unknown-integration", ["lamp", "nobody"], {}],
    ["no-names", [], {}],
  ])("refuses with %s", async (code, names, more) => {
    await expect(select(names, more)).rejects.toMatchObject({ code });
  });
});
