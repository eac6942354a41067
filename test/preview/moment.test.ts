import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Integration } from "../../src/checkout/model.ts";
import { PICTURE_DATE, plainConfig, requestFor } from "../../src/preview/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const FIXED = PICTURE_DATE.toISOString();

describe("the moment of a request", () => {
  it.each([
    ["no times", '{"id": 12, "size": 99999999999}', FIXED],
    ["one time", '{"created": 1517739100}', FIXED],
    [
      "numbers that only look like times",
      '{"a": "x1517739100", "b": 1517739100.5, "c": "1-1617739100"}',
      FIXED,
    ],
    [
      "a deadline the next day",
      '{"created": 1517739100, "deadline": 1517759100}',
      "2018-02-04T10:11:40.000Z",
    ],
    [
      "a far deadline",
      '{"created": 1510000000, "deadline": 1517759100}',
      "2018-02-01T15:45:00.000Z",
    ],
    [
      "milliseconds",
      '{"created": 1517739100123, "deadline": "1517759100000"}',
      "2018-02-04T10:11:40.123Z",
    ],
  ])("stands where the fixture's times are: %s", async (_, fixture, expected) => {
    const checkout = await openCheckout(temporaryWorkspace());
    const integration = checkout.integrations[0] as Integration;
    writeFileSync(join(checkout.root, integration.fixturesDirectory, "timed.json"), fixture);
    const config = plainConfig(integration, "timed.json", checkout.dialect.imageRoot);
    const { now } = requestFor(checkout, integration, config);
    expect(new Date(now ?? 0).toISOString()).toBe(expected);
  });

  it("is the fixed one without a fixture", async () => {
    const checkout = await openCheckout(temporaryWorkspace());
    const integration = checkout.integrations[0] as Integration;
    const config = plainConfig(integration, "", checkout.dialect.imageRoot);
    expect(requestFor(checkout, integration, config).now).toBe(PICTURE_DATE.getTime());
  });
});
