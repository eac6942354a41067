/** Temporary folders: private while they are in use, and gone afterwards, also when the process was killed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "tsdown";
import { beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { folderForFile, temporaryDirectory } from "../support/tree.ts";

const program = join(folderForFile(), "temp.mjs");

beforeAll(async () => {
  const outDir = join(program, "..");
  await build({
    entry: { source: join(packageRoot, "src/host/temp.ts") },
    outDir,
    config: false,
    dts: false,
    platform: "node",
    logLevel: "error",
    outExtensions: () => ({ js: ".mjs" }),
  });
  writeFileSync(
    program,
    `import { temporaryFolder } from "./source.mjs";
const { path } = await temporaryFolder("browser");
console.log(path);
if (process.argv[2] === "stay") setInterval(() => undefined, 1000);
`,
  );
});

async function started(temp: string, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, TMPDIR: temp },
  });
  const ended = once(child, "exit");
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { path: said.toString().trim(), child, ended };
}

describe("a temporary folder", () => {
  it("is this user's alone, and goes with its process", async () => {
    const temp = temporaryDirectory();
    const { path, child, ended } = await started(temp, "stay");
    expect(statSync(path).mode & 0o777).toBe(0o700);
    child.kill("SIGKILL");
    await ended;
    expect(existsSync(path)).toBe(true);
    const next = await started(temp);
    await next.ended;
    expect(readdirSync(temp)).toEqual([]);
  });

  it("stays while its process runs, and links and what others named are left alone", async () => {
    const temp = temporaryDirectory();
    const elsewhere = temporaryDirectory();
    writeFileSync(join(elsewhere, "precious.txt"), "");
    const running = await started(temp, "stay");
    const killed = await started(temp, "stay");
    killed.child.kill("SIGKILL");
    await killed.ended;
    const linked = join(temp, `connect-webhook-link-${basename(killed.path).split("-").at(-1)}`);
    symlinkSync(elsewhere, linked);
    mkdirSync(join(temp, "connect-webhook-notes"));
    const next = await started(temp);
    await next.ended;
    expect(readdirSync(temp).sort()).toEqual(
      [basename(running.path), basename(linked), "connect-webhook-notes"].sort(),
    );
    expect(readdirSync(elsewhere)).toEqual(["precious.txt"]);
    running.child.kill();
    await running.ended;
  });
});
