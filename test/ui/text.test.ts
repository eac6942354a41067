/** Numbers as people read them. */
import { expect, it } from "vitest";
import { count } from "../../src/ui/text.ts";

it.each([
  [1, "delivery", "1 delivery"],
  [0, "delivery", "0 deliveries"],
  [2, "day", "2 days"],
  [3, "test", "3 tests"],
])("counts %s %s as %s", (number, noun, words) => {
  expect(count(number, noun)).toBe(words);
});
