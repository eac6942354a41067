/** `explain` as a user meets it. It needs no tree. */
import { describe, expect, it } from "vitest";
import { rules } from "../../src/lint/index.ts";
import { cli } from "../support/cli.ts";

describe("explain", () => {
  it("lists every rule", async () => {
    const { exitCode, stdout } = await cli(["explain"]);
    expect(exitCode).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(rules.map(({ id }) => id));
  });

  it("prints what a rule asks for, why, and what to do", async () => {
    const { exitCode, stdout } = await cli(["explain", "package-file"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("package-file  error, package\n");
    expect(stdout).toContain("Why: Without it the folder is no Python package");
    expect(stdout).toContain("`lint --fix` repairs some or all findings by itself.");
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await cli(["explain", "registry-order", "--json"]);
    const {
      version,
      rules: [rule],
    } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(rule).toMatchObject({ id: "registry-order", severity: "warning", fixable: true });
    expect(rule.dialects).toContain("in order");
  });

  it("refuses an unknown rule, and proposes the nearest", async () => {
    const { exitCode, stderr } = await cli(["explain", "logo-sqare"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean logo-square");
  });
});
