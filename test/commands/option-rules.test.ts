/** What options state about themselves. */
import { describe, expect, it } from "vitest";
import {
  type CommandSpec,
  type Condition,
  globalOptions,
  type OptionSpec,
} from "../../src/commands/define.ts";
import { commands } from "../../src/commands/index.ts";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

/** The conditions of a command's options that nothing on its command line could meet: mistakes in their names. */
function unknownConditions(spec: CommandSpec): Condition[] {
  const options: Record<string, OptionSpec> = { ...globalOptions, ...spec.options };
  const known = (condition: Condition): boolean => {
    const [key = "", value] = condition.split("=");
    if (spec.args.some(({ name }) => name === key)) return value === undefined;
    return value === undefined ? key in options : options[key]?.choices?.includes(value) === true;
  };
  return Object.values<OptionSpec>(spec.options)
    .flatMap(({ conflicts = {}, requires = [] }) => [...Object.keys(conflicts), ...requires])
    .filter((condition) => !known(condition));
}

describe("the rules of options", () => {
  it.each(commands.map(({ name, load }) => ({ name, load })))("are about what $name takes", async ({
    load,
  }) => {
    expect(unknownConditions(await load())).toEqual([]);
  });

  it.each([
    ["capture x --finish --status 200", "--status and --finish exclude each other"],
    ["capture x --finish --delay 3", "--delay and --finish exclude each other"],
    ["capture x --finish --host 127.0.0.1", "--host and --finish exclude each other"],
    ["capture x --from a.har --count 2", "--count and --from exclude each other"],
    ["capture x --event-header X-A --event-key b", "--event-header and --event-key exclude"],
    ["lint harbourline --all", "Names and --all exclude each other"],
    ["lint --dry-run", "--dry-run is for --fix"],
    ["lint --update-baseline", "--update-baseline is for --baseline"],
    ["lint --changed --all", "--changed and --all exclude each other"],
    ["lint --baseline a --update-baseline --strict", "--update-baseline and --strict exclude"],
    ["lint --baseline a --update-baseline --fix --dry-run", "--update-baseline and --dry-run excl"],
    ["lint --baseline a --update-baseline --format sarif", "--update-baseline and --format sarif"],
    ["test harbourline --fuzz-case a --shard 1/2", "--fuzz-case and --shard exclude each other"],
    ["test harbourline --fuzz --fuzz-case a#/b=null", "--fuzz-case and --fuzz exclude each other"],
    [
      "test --fuzz-case a#/b=null --reporter junit",
      "--fuzz-case and --reporter exclude each other",
    ],
    ["test --coverage --reporter junit", "--coverage and --reporter junit exclude each other"],
    ["test --engine checkout --timeout 3", "--timeout and --engine checkout exclude each other"],
    ["screenshot harbourline --fixture ping.json -P a", "--payload-param-name is for --payload-as"],
    ["review --summary a.md --theme builtin", "--theme is for the page"],
    ["avatar harbourline --force", "--force is for --all"],
    ["init x -C .", "--checkout names an existing tree"],
    ["test --fuzz-limit 3", "--fuzz-limit is for --fuzz"],
    ["preview harbourline --theme builtin", "--theme is for --html"],
    ["send harbourline a.json --all", "--all and <fixture> exclude each other"],
    ["send harbourline --secret x", "--secret is for --sign"],
    ["send harbourline --sign github --sign-header X-A", "--sign-header is for --sign hmac"],
    ["send harbourline --topic x", "--topic is for --stream"],
    ["new x --event-name a.json=b", "--event-name is for --event-header"],
    ["avatar harbourline --all", "Names and --all exclude each other"],
  ])("refuse %s", async (line, sentence) => {
    const { exitCode, stdout, stderr } = await cli(line.split(" "), { cwd: temporaryWorkspace() });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`✗ ${sentence}`);
  });

  it.each([
    ["lint --format github --json", "--format github and --json exclude each other"],
    ["test --reporter junit --json", "--reporter junit and --json exclude each other"],
    ["review --format text --json", "--format text and --json exclude each other"],
  ])("refuse %s, of which --json would win", async (line, sentence) => {
    const { exitCode, stdout } = await cli(line.split(" "), { cwd: temporaryWorkspace() });
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
      exitCode: 2,
      error: { code: "usage", message: expect.stringContaining(sentence) },
    });
  });

  it.each([
    "lint --format=json --nope",
    "lint --format json --nope",
    "test --reporter json --nope",
  ])("answer as JSON where that is asked for: %s", async (line) => {
    const { exitCode, stdout } = await cli(line.split(" "));
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
      exitCode: 2,
      error: { code: "usage" },
    });
  });
});
