/** Logos and pictures that mean harm. docs/security.md has the same table. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { crc32 } from "../../src/host/checksum.ts";
import { ask } from "../../src/image/client.ts";
import { inspectSvg, looksAlike, makeAvatar } from "../../src/image/index.ts";
import { childrenOf } from "../engine/process-table.ts";
import { sample, soak } from "../support/soak.ts";

const FOLDER = join(packageRoot, "fixtures", "logos", "hostile");
const named = (start: string): string[] =>
  readdirSync(FOLDER).filter((name) => name.startsWith(start));
const logo = (name: string): Buffer => readFileSync(join(FOLDER, name));
const svg = (inside: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`);
const PLAIN = svg('<rect width="100" height="100" fill="red"/>');

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, "latin1");
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
  return framed;
}

/** A grey PNG that is what it says, or less. */
function png(width: number, height: number, bytes: number, more: Buffer[] = []): Buffer {
  const header = Buffer.from("00000000000000000800000000", "hex");
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    ...more,
    chunk("IDAT", deflateSync(Buffer.alloc(bytes))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const zipped = (index: number): Buffer =>
  chunk("zTXt", Buffer.concat([Buffer.from(`k${index}\0\0`), deflateSync(Buffer.alloc(2e7))]));

describe("hostile logos", () => {
  it.each(
    named("refused-"),
  )("%s is refused, by the check and by the avatar alike", async (name) => {
    const [problem] = inspectSvg(logo(name)).problems;
    expect(problem).toBeDefined();
    const made = makeAvatar(logo(name), "svg", { allowNonSquare: true });
    await expect(made).rejects.toMatchObject({ code: "bad-logo", exitCode: 2 });
  });

  it.each([
    ["UTF-16", Buffer.from(`\ufeff${PLAIN}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(String(PLAIN), "utf16le")],
    ["UTF-7", Buffer.concat([Buffer.from('<?xml version="1.0" encoding="UTF-7"?>'), PLAIN])],
  ])("%s is refused", (_encoding, bytes) => {
    expect(inspectSvg(bytes).ok).toBe(false);
  });

  it("tells ten reasons at most", () => {
    const links = Array.from(
      { length: 5_000 },
      (_, index) => `<a href="https://e.example/${index}"/>`,
    );
    expect(inspectSvg(svg(links.join(""))).problems.length).toBe(10);
  });

  const costly: [name: string, bytes: Buffer, format: "svg" | "png"][] = [
    ...named("costly-").map((name) => [name, logo(name), "svg"] as [string, Buffer, "svg"]),
    ["a text of a megabyte", svg(`<text>${"word ".repeat(190_000)}</text>`), "svg"],
    ...(soak
      ? ([
          ["one word of a megabyte", svg(`<text>${"W".repeat(900_000)}</text>`), "svg"],
          [
            "compressed notes",
            png(
              100,
              100,
              101 * 100,
              Array.from({ length: 200 }, (_, k) => zipped(k)),
            ),
            "png",
          ],
          [
            "a picture that unpacks to gigabytes",
            svg(
              `<image width="9" height="9" href="data:image/png;base64,${png(20_000, 20_000, 20_001 * 20_000).toString("base64")}"/>`,
            ),
            "svg",
          ],
        ] as [string, Buffer, "svg" | "png"][])
      : []),
  ];

  it.each(
    sample(costly, { every: 2 }),
  )("%s is ended, and the next one is drawn", async (_name, bytes, format) => {
    await expect(makeAvatar(bytes, format)).rejects.toMatchObject({
      code: "bad-logo",
      exitCode: 2,
      // A fast machine reaches the library's own limit for `use` before ours.
      message: expect.stringMatching(
        /takes more than \d+ (seconds?|MB of memory)\.$|SVG rendering failed\.?$/,
      ),
    });
    expect((await makeAvatar(PLAIN, "svg")).length).toBeGreaterThan(0);
  });

  it.each([
    ["claims two milliards of pixels a side", png(2e9, 2e9, 100)],
    ["claims more than it may", png(30_000, 30_000, 100)],
    ["holds less than it claims", png(100, 100, 100)],
  ])("a PNG that %s is refused", async (_name, bytes) => {
    await expect(makeAvatar(bytes, "png")).rejects.toMatchObject({ code: "bad-logo" });
    const avatar = await makeAvatar(PLAIN, "svg");
    await expect(looksAlike(avatar, bytes)).rejects.toThrow();
  });

  it.runIf(process.platform === "linux")(
    "is drawn by a machine that has no time for it",
    async () => {
      await makeAvatar(PLAIN, "svg");
      const drawing = childrenOf(process.pid).filter((id) =>
        readFileSync(`/proc/${id}/cmdline`, "latin1").includes("image/child.js"),
      );
      expect(drawing).not.toEqual([]);
      for (const id of drawing) process.kill(id, "SIGSTOP");
      const limits = { time: 300, memory: 1e9 };
      const avatar = ask("makeAvatar", [PLAIN, "svg", {}], { subject: "logo", limits });
      await sleep(4 * limits.time);
      for (const id of drawing) process.kill(id, "SIGCONT");
      expect(await avatar).toBeInstanceOf(Buffer);
    },
  );

  it("ends at once when it is asked to, and draws again afterwards", async () => {
    const ending = new AbortController();
    const drawing = makeAvatar(logo("costly-use.svg"), "svg", { signal: ending.signal });
    const next = makeAvatar(PLAIN, "svg");
    setTimeout(() => ending.abort(new Error("Stopped.")), 300);
    await expect(drawing).rejects.toThrow("Stopped.");
    expect((await next).length).toBeGreaterThan(0);
  });
});
