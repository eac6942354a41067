import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type MarkdownOptions, renderMarkdown } from "../../src/markdown/index.ts";

/** One message and what it becomes. */
interface Case {
  name: string;
  markdown: string;
  options?: MarkdownOptions;
  html: string;
}

const FOLDER = join(import.meta.dirname, "../../fixtures/markdown");

/** Who and what the cases mention. */
const KNOWN: MarkdownOptions = {
  site: "https://chat.example.com",
  users: [
    { id: 7, name: "Ada Lovelace" },
    { id: 8, name: "Grace Hopper" },
  ],
  groups: [{ id: 3, name: "backend" }],
  streams: [
    { id: 1, name: "deploys" },
    { id: 5, name: "release notes" },
  ],
};

describe.each(readdirSync(FOLDER))("%s", (file) => {
  const cases: Case[] = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));

  it.each(cases)("$name", ({ markdown, options, html }) => {
    expect(renderMarkdown(markdown, { ...KNOWN, ...options })).toBe(html);
  });
});
