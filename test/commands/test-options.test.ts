/** The options of `test`: what they mean, and which are refused. */
import { describe, expect, it } from "vitest";
import { testOptions, toFilter, wantsCoverage } from "../../src/commands/test/options.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

describe("the options of test", () => {
  it.each([
    [["--timeout", "0"], "time limit"],
    [["--timeout", "3601"], "time limit"],
    [["--timeout", "soon"], "time limit"],
    [["--timeout", ""], "time limit"],
    [["--shard", "0/2"], "not a shard"],
    [["--shard", "3/2"], "not a shard"],
    [["--shard", "1/0"], "not a shard"],
    [["--shard=-1/2"], "not a shard"],
    [["--shard", "1"], "not a shard"],
    [["--shard", "a/b"], "not a shard"],
    [["--filter", ""], "filter is empty"],
    [["--filter", "/(/"], "not a regular expression"],
    [["--filter", "/x/qq"], "not a regular expression"],
    [["--coverage-min", "101"], "not a percentage"],
    [["--coverage-min", ""], "not a percentage"],
    [["--coverage-min=-1"], "not a percentage"],
    [["--all", "--changed"], "--changed and --all exclude"],
    [["--watch", "--record"], "--watch and --record exclude"],
    [["--watch", "--reporter", "junit"], "--watch and --reporter exclude"],
    [["--watch", "--json"], "--watch and --json exclude"],
    [["--record", "--shard", "1/2"], "--record and --shard exclude"],
    [["--record", "--reporter", "github"], "--record and --reporter exclude"],
    [["--engine", "checkout", "--watch"], "--watch and --engine checkout exclude each other"],
    [["--engine", "checkout", "--record"], "--record and --engine checkout exclude each other"],
    [["--engine", "checkout", "--filter", "x"], "exclude each other"],
    [["--engine", "checkout", "--coverage"], "exclude each other"],
    [["--engine-prefix", "vagrant ssh -c"], "--engine-prefix is for --engine checkout"],
    [["harbourline", "--changed=main"], "Names and --changed"],
    [["harbourline", "--all"], "Names and --all"],
    [["--seed", "3"], "--seed is for --fuzz or --fuzz-case"],
    [["--fuzz", "--bail"], "--fuzz and --bail exclude each other"],
  ])("refuses %j", async (words, sentence) => {
    const { exitCode, stdout, stderr } = await cli(["test", ...words], {
      cwd: temporaryWorkspace(),
    });
    expect(exitCode).toBe(2);
    expect(`${stdout}${stderr}`).toContain(sentence);
  });

  it("reads a text as a text, and what stands between slashes as an expression", () => {
    const { pattern, flags } = toFilter("a.b(c)");
    const match = (id: string) => new RegExp(pattern, flags).test(id);
    expect(match("x.A.B(C)")).toBe(true);
    expect(match("x.aXb(c)")).toBe(false);
    expect(toFilter("/push_(a|b)$/g")).toEqual({ pattern: "push_(a|b)$", flags: "" });
    expect(toFilter("a/b").flags).toBe("i");
  });

  it("reads numbers with their units", () => {
    expect(testOptions.timeout.parse("0.5")).toBe(500);
    expect(testOptions.shard.parse("2/3")).toEqual({ index: 2, of: 3 });
    expect(testOptions.coverageMin.parse("80.5")).toBe(80.5);
  });

  it("takes a limit for the coverage as a wish to see it", () => {
    expect(wantsCoverage({ coverage: false, coverageMin: 0 })).toBe(true);
    expect(wantsCoverage({ coverage: false, coverageMin: undefined })).toBe(false);
  });
});
