/** `capture --finish` looks again at what was decided, where it is told the event, or says why it does nothing. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const folder = ".connect-webhook/captures/quayside/fixtures";

/** A workspace in which requests were captured whose event no key that is known names. */
async function captured(): Promise<string> {
  const cwd = temporaryWorkspace();
  const files = ["in", "out", "in"].map((tide, at) => {
    writeFileSync(
      join(cwd, `${at}.sh`),
      `curl x.example -H 'X-Tide: ${tide}' -d 'tide=${tide}&at=${at}'`,
    );
    return `${at}.sh`;
  });
  await cli(["capture", "quayside", "--from", ...files], { cwd });
  return cwd;
}

const again = (cwd: string, ...more: string[]) =>
  cli(["capture", "quayside", "--finish", ...more], { cwd });

const made = (cwd: string): string[] => readdirSync(join(cwd, folder)).sort();

describe("capture --finish", () => {
  it("says what was decided, and tells apart what was merged", async () => {
    const cwd = await captured();
    expect(made(cwd)).toEqual(["captured.txt"]);
    const nothing = await again(cwd);
    expect(nothing.stdout).toMatch(
      /^0 fixtures written\.\nWhat became of each request was decided/,
    );
    expect(nothing.stdout).toContain("capture quayside --finish --event-key");
    const wrong = await again(cwd, "--event-key", "tide.name");
    expect(wrong.stdout).toContain("No request says its event in tide.name");
    expect(made(cwd)).toEqual(["captured.txt"]);
    const right = await again(cwd, "--event-key", "tide");
    expect(right.stdout).toMatch(/^1 fixture written:\n.*out\.txt +out\n/);
    expect(made(cwd)).toEqual(["captured.txt", "out.txt"]);
    expect((await again(cwd, "--event-key", "tide")).stdout).toContain(
      "Those that were merged have the event and the shape of a fixture that is there.",
    );
    expect(readFileSync(join(cwd, folder, "out.txt"), "utf8")).toBe("tide=out&at=1");
  });

  it("goes by a header, too", async () => {
    const cwd = await captured();
    await again(cwd, "--event-header", "X-Tide");
    expect(made(cwd)).toEqual(["captured.txt", "out.txt"]);
  });

  it("makes fixtures again that were deleted", async () => {
    const cwd = await captured();
    rmSync(join(cwd, folder), { recursive: true });
    expect((await again(cwd, "--event-key", "tide", "--dry-run")).stdout).toContain(
      "2 fixtures would be written",
    );
    await again(cwd);
    expect(made(cwd)).toEqual(["captured.txt"]);
  });
});

it("counts a request for nothing as one without a body", async () => {
  const cwd = temporaryWorkspace();
  writeFileSync(join(cwd, "a.sh"), `curl x.example -d '{"event":"on"}'`);
  await cli(["capture", "quayside", "--from", "a.sh"], { cwd });
  const spool = join(cwd, ".connect-webhook/captures/quayside");
  const [file = ""] = readdirSync(spool).filter((name) => name.endsWith(".json"));
  const request = JSON.parse(readFileSync(join(spool, file), "utf8"));
  const { outcome: _, ...look } = request;
  const id = `${request.id}0`;
  writeFileSync(
    join(spool, `${id}.json`),
    JSON.stringify({
      ...look,
      id,
      method: "GET",
      bytes: 0,
      challenge: "somebody who looks whether it answers",
    }),
  );
  writeFileSync(join(spool, `${id}.body`), "");
  expect((await again(cwd)).stdout).toContain("Also received: 1 without a body.");
});
