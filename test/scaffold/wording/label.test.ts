import { expect, it } from "vitest";
import { labelOf } from "../../../src/scaffold/wording/label.ts";

it.each([
  ["os", "OS"],
  ["OS", "OS"],
  ["country_iso_code", "Country ISO code"],
  ["CountryISOCode", "Country ISO code"],
  ["sourceIp", "Source IP"],
  ["TRACE_ID", "Trace ID"],
  ["idle_time", "Idle time"],
  ["", "Value"],
])("writes the key %s as the label %s", (key, label) => {
  expect(labelOf(key)).toBe(label);
});
