/** The lists of commands and of rules are made from the code: `npm run docs` writes them, this test holds them. */
import { expect, it } from "vitest";
import { commandEntries, commandList, ruleEntries, ruleList } from "../support/entries.ts";

it("the list of commands is current", async () => {
  await expect(await commandEntries()).toMatchFileSnapshot(commandList);
});

it("the list of lint rules is current", async () => {
  await expect(await ruleEntries()).toMatchFileSnapshot(ruleList);
});
