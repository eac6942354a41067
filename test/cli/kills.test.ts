import { expect, it } from "vitest";
import { testCache } from "../support/cli.ts";
import { Rehearsed, victims } from "../support/kills.ts";
import { soak } from "../support/soak.ts";

it.each(
  victims.filter(({ name }) => name === "remove" || name === "lint --fix"),
)("$name survives", async (victim) => {
  const rehearsed = await Rehearsed.watch(victim, testCache);
  for (const moment of soak ? [0.2, 0.5, 0.8] : [0.5]) {
    const { state, reason } = await rehearsed.kill(moment, true);
    expect({ state, reason }).not.toMatchObject({ state: "unsafe" });
  }
});
