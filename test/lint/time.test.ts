/** The time that reading a stranger's files takes grows with their size, and no faster. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { lint } from "../../src/lint/index.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { renderDocumentation } from "../../src/markdown/documentation.ts";
import { type HostileFile, hostileFiles, plant, plantMacros } from "../support/hostile-files.ts";
import { sample, soak } from "../support/soak.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const BYTES = soak ? 100_000 : 12_000;
/** Doubling the size may take so many times the time. */
const MOST = 2.3;
/** Less than this, in milliseconds, says nothing on a busy machine. */
const NOISE = soak ? 300 : 150;
const TRIES = 3;

/** Those that draw pictures or load ruff take long whatever a file holds. */
const reading = rules.filter(({ id }) => !/^(ruff|avatar|screenshot-fresh|logo|image)/.test(id));

async function processorMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function timeOf(file: HostileFile, bytes: number): Promise<number> {
  const root = temporaryWorkspace();
  plant(root, file, bytes);
  return processorMs(async () => {
    // A registry that is not understood ends every command with a sentence.
    const checkout = await openCheckout(root).catch(() => undefined);
    if (checkout) await lint(checkout, { names: ["harbourline"], rules: reading });
    if (file.path.endsWith("doc.md")) documentation(readFileSync(join(root, file.path), "utf8"));
  });
}

const documentation = (source: string, include: (name: string) => string | undefined = () => "a") =>
  renderDocumentation(source, {
    include,
    variables: { integration_name: "harbourline" },
    eventTypes: ["a"],
    image: () => undefined,
  });

/** How many times as long the double size takes; 1 where that is too little to tell. */
async function growth(file: HostileFile): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < TRIES && least > MOST; attempt += 1) {
    const twice = await timeOf(file, BYTES * 2);
    if (twice < NOISE) return 1;
    const once = await timeOf(file, BYTES);
    least = Math.min(least, twice / Math.max(once, NOISE / 3));
  }
  return least;
}

describe("time against size", () => {
  it.each(["tests.py", "view.py", "doc.md", "fixture", "registry"])("%s", async (kind) => {
    const all = hostileFiles.filter(({ name }) => name.startsWith(`${kind}: `));
    // A view is tried with the same texts as tests are: with others of them.
    const files = sample(all, {
      every: kind === "registry" ? 1 : 4,
      from: kind === "view.py" ? 2 : 0,
    });
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect.soft(await growth(file), file.name).toBeLessThan(MOST);
  }, 1_200_000);
});

describe("what is too large", () => {
  const hostile = (name: string): HostileFile =>
    hostileFiles.find((file) => file.name === name) as HostileFile;

  it.each([
    ["tests.py: strings on lines", 500_000, "tests.py", "is longer than 400,000 characters"],
    ["tests.py: brackets", 10_000, "tests.py", "nested too deeply"],
    ["tests.py: classes", 20_000, "tests.py", "has more than 300 classes"],
    ["doc.md: links", 300_000, "doc.md", "is longer than 200,000 characters"],
  ])("is not checked by name: %s of %i", async (name, bytes, path, reason) => {
    const root = temporaryWorkspace();
    plant(root, hostile(name), bytes);
    const { problems, summary } = await lint(await openCheckout(root), {
      names: ["harbourline"],
      rules: reading,
    });
    const unseen = problems.filter(({ notChecked }) => notChecked);
    expect(unseen.length).toBeGreaterThan(1);
    expect(summary.notChecked).toBe(unseen.length);
    for (const problem of unseen) {
      expect(problem).toMatchObject({ severity: "warning", fixable: false });
      expect(problem.path).toBe(`zerver/webhooks/harbourline/${path}`);
      expect(problem.message).toContain("Not checked");
    }
    const said = problems
      .map(({ message }) => message)
      .join(" ")
      .replace("it is", "is");
    expect(said).toContain(reason);
  });

  it("is told of a registry in one sentence", async () => {
    const root = temporaryWorkspace();
    plant(root, hostile("registry: many entries"), 500_000);
    await expect(openCheckout(root)).rejects.toMatchObject({
      code: "registry-not-understood",
      message: expect.stringContaining("longer than 400,000 characters"),
    });
  });

  it("is not shown as documentation: macros that include each other twice", () => {
    const asked: string[] = [];
    const include = (name: string): string => {
      asked.push(name);
      return `{!${name}.md!}\n`.repeat(1_000);
    };
    expect(documentation("{!a.md!}\n", include)).toContain("longer than 200,000 characters");
    expect(asked.length).toBeLessThan(10_000);
  });

  it("ends for macros of a tree that fan out", async () => {
    const root = temporaryWorkspace();
    plantMacros(root, 40);
    const { problems } = await lint(await openCheckout(root), { names: ["harbourline"] });
    expect(problems.length).toBeGreaterThan(0);
  });

  // A logo of a megabyte: what takes the square of its length is not done within the test's time.
  it.each(["<!--", "<path ", "<a:", "fill='", "style "])("ends for a logo of %s", async (piece) => {
    const root = temporaryWorkspace();
    const logo = join(root, "static/images/integrations/logos/harbourline.svg");
    writeFileSync(logo, piece.repeat(1_000_000 / piece.length));
    const about = rules.filter(({ id }) => id.startsWith("logo"));
    const { problems } = await lint(await openCheckout(root), {
      names: ["harbourline"],
      rules: about,
    });
    expect(problems.length).toBeGreaterThan(0);
  });
});
