/** Counts in drafted views. */
import { expect, it } from "vitest";
import { Places } from "../../src/scaffold/python/access.ts";
import { readsOf } from "../../src/scaffold/python/text.ts";

it("says many of a noun by its plural, whatever its variable is called", () => {
  const use = {
    use: "count",
    path: ["parcels"],
    variable: "deliveries_2",
    noun: "delivery",
  } as const;
  expect(readsOf([use], "payload", new Set(), new Places())).toEqual([
    '    count = len(payload["parcels"])',
    '    deliveries_2 = "1 delivery" if count == 1 else f"{count} deliveries"',
  ]);
});
