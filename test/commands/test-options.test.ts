/** The options of `test`: what they mean, and which are refused. */
import { describe, expect, it } from "vitest";
import { checkOptions, type TestFlags } from "../../src/commands/test/options.ts";
import { UserError } from "../../src/errors.ts";

const none: TestFlags = {
  all: false,
  filter: undefined,
  changed: undefined,
  shard: undefined,
  bail: false,
  watch: false,
  record: false,
  coverage: false,
  coverageMin: undefined,
  timeout: "20",
  reporter: "default",
  engine: "embedded",
  enginePrefix: undefined,
};

const check = (flags: Partial<TestFlags>, names: string[] = [], json = false) =>
  checkOptions({ ...none, ...flags }, names, json);

describe("the options of test", () => {
  it.each([
    [{ timeout: "0" }, "time limit"],
    [{ timeout: "3601" }, "time limit"],
    [{ timeout: "soon" }, "time limit"],
    [{ timeout: "" }, "time limit"],
    [{ shard: "0/2" }, "no shard"],
    [{ shard: "3/2" }, "no shard"],
    [{ shard: "1/0" }, "no shard"],
    [{ shard: "-1/2" }, "no shard"],
    [{ shard: "1" }, "no shard"],
    [{ shard: "a/b" }, "no shard"],
    [{ filter: "" }, "filter is empty"],
    [{ filter: "/(/" }, "no regular expression"],
    [{ filter: "/x/qq" }, "no regular expression"],
    [{ coverageMin: "101" }, "no percentage"],
    [{ coverageMin: "" }, "no percentage"],
    [{ coverageMin: "-1" }, "no percentage"],
    [{ all: true, changed: "" }, "--changed and --all exclude"],
    [{ watch: true, record: true }, "--watch and --record exclude"],
    [{ watch: true, reporter: "junit" }, "--watch and --reporter exclude"],
    [{ record: true, shard: "1/2" }, "--record and --shard exclude"],
    [{ record: true, reporter: "github" }, "--record and --reporter exclude"],
    [{ engine: "checkout", watch: true }, "exclude each other"],
    [{ engine: "checkout", record: true }, "exclude each other"],
    [{ engine: "checkout", filter: "x" }, "exclude each other"],
    [{ engine: "checkout", coverage: true }, "exclude each other"],
    [{ enginePrefix: "vagrant ssh -c" }, "--engine-prefix is for"],
  ])("refuses %j", (flags, sentence) => {
    expect(() => check(flags)).toThrow(UserError);
    expect(() => check(flags)).toThrow(sentence);
  });

  it("refuses names together with --changed, and --json together with --watch", () => {
    expect(() => check({ changed: "main" }, ["github"])).toThrow("Names and --changed");
    expect(() => check({ watch: true }, [], true)).toThrow("--watch and --json");
  });

  it("reads a text as a text, and what stands between slashes as an expression", () => {
    const { filter } = check({ filter: "a.b(c)" });
    const match = (id: string) => new RegExp(filter?.pattern ?? "", filter?.flags).test(id);
    expect(match("x.A.B(C)")).toBe(true);
    expect(match("x.aXb(c)")).toBe(false);
    expect(check({ filter: "/push_(a|b)$/g" }).filter).toEqual({
      pattern: "push_(a|b)$",
      flags: "",
    });
    expect(check({ filter: "a/b" }).filter?.flags).toBe("i");
  });

  it("takes a limit for the coverage as a wish to see it", () => {
    expect(check({ coverageMin: "80.5" })).toMatchObject({ coverage: true, coverageMin: 80.5 });
    expect(check({ shard: "2/3", timeout: "0.5" })).toMatchObject({
      shard: { index: 2, of: 3 },
      timeoutMs: 500,
    });
  });
});
