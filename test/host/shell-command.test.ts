/** Commands that people copy: every word arrives as it is, and none of them steers the terminal that it is pasted into. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellCommand } from "../../src/host/shell-command.ts";
import type { Draft } from "../../src/server/dev/types.ts";
import { asCurl } from "../../src/server/dev/wire.ts";

/** The words that bash makes of a command. */
function wordsOf(command: string): string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

const controls = /[^\P{Cc}\n\t]/u;

describe.skipIf(process.platform === "win32")("a command to copy", () => {
  it.each([
    ["\u001b[201~\u0003\n touch pasted\n#"],
    ["it's \\ and \u0007"],
    ["\u009b31m and \u2028"],
    ["$(touch pasted) `id` \r\n"],
    ["\u001b0 is no longer code"],
  ])("holds no control character of %j", (word) => {
    const command = shellCommand(word, "x");
    expect(command).not.toMatch(controls);
    expect(wordsOf(command)).toEqual([word, "x"]);
  });

  it("brings any words over", () => {
    const word = fc
      .string({ unit: "binary", minLength: 1 })
      .map((text) => text.replaceAll("\0", ""));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const command = shellCommand(...words);
        expect(command).not.toMatch(controls);
        expect(wordsOf(command)).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });

  it("sends a body that steers a terminal out of a pipe, and any other as text", () => {
    const draft = (body: string): Draft => ({
      method: "POST",
      path: "/",
      parameters: [],
      headers: [],
      encoding: "utf8",
      body,
    });
    const body = "\u001b[201~\u0003\n touch pasted\n#";
    const piped = asCurl(draft(body), "http://127.0.0.1:1");
    expect(piped).not.toMatch(controls);
    const [coded] = piped.split(" | ");
    expect(execFileSync("bash", ["-c", `${coded} | base64 -d`], { encoding: "utf8" })).toBe(body);
    const text = asCurl(draft('{\n\t"a": 1\n}'), "http://127.0.0.1:1");
    expect(text).toContain('{\n\t"a": 1\n}');
  });
});
