/** Everything that a review shows may come from a stranger. */
import { describe, expect, it } from "vitest";
import { compareMessages, reviewPage, reviewSummary } from "../../src/review/index.ts";
import { html, trusted } from "../../src/review/markup.ts";
import { integration, raised, review, sent } from "./review.ts";

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> @octocat \`\`\`\n\`\`\`\`\`js\u202e\u0007 | a`;
const STYLES = {
  page: "p{}",
  cards: "",
  look: { styles: ["body {\n}\n.card {\n}"], clip: ".picture" },
};

/** A review that has the text wherever a text can be. */
function hostileReview() {
  const problem = {
    rule: HOSTILE,
    severity: "error",
    path: HOSTILE,
    message: HOSTILE,
    fix: HOSTILE,
    isNew: true,
  } as const;
  const failure = {
    name: HOSTILE,
    type: HOSTILE,
    message: HOSTILE,
    traceback: HOSTILE,
    path: HOSTILE,
    line: 1,
    failedBefore: true,
  };
  const shown = (text: string) => ({ ...sent(text, text), card: "" });
  return {
    ...review(
      integration({
        displayName: HOSTILE,
        formerName: HOSTILE,
        files: [{ path: HOSTILE, status: "added", added: 1, removed: 0 }],
        messages: [
          ...compareMessages(
            new Map([[HOSTILE, shown("a")]]),
            new Map([[HOSTILE, shown(HOSTILE)]]),
          ),
          ...compareMessages(new Map(), new Map([["b", raised(HOSTILE, HOSTILE)]])),
          ...compareMessages(new Map(), new Map([["c", shown(HOSTILE)]])),
        ],
        events: [
          {
            event: HOSTILE,
            status: "renamed",
            formerEvent: HOSTILE,
            declared: true,
            before: undefined,
            fixtures: [HOSTILE],
            tested: [HOSTILE],
            documented: false,
          },
        ],
        entryChanges: [{ what: "URL", before: HOSTILE, after: HOSTILE }],
        checklist: [{ part: "view", problems: [problem] }],
        tests: { total: 1, passed: 0, failed: 1, skipped: 0, failures: [failure] },
        images: [
          {
            kind: "logo",
            path: HOSTILE,
            status: "added",
            before: undefined,
            after: { type: "image/svg+xml", bytes: Buffer.from(HOSTILE) },
          },
        ],
      }),
      integration({ name: "other" }),
    ),
    notes: [HOSTILE],
    unaffected: [HOSTILE],
  };
}

describe("the page", () => {
  const page = reviewPage(hostileReview(), STYLES);

  it("shows hostile texts as texts", () => {
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toMatch(/<script|<img src=x|onerror=alert\(2\)>/);
    expect(page).not.toContain("\u0007");
    expect(page).not.toContain("\u202e");
    expect(page).toContain("\\u202e");
  });

  it("opens no tag and no attribute that is not its own", () => {
    const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
    for (const tag of ["script", "iframe", "object", "link", "form", "svg"]) {
      expect(tags.has(tag)).toBe(false);
    }
    const withoutValues = page.replace(/"[^"]*"/g, '""');
    expect(withoutValues).not.toMatch(/<[^>]*\son[a-z]+\s*=/i);
  });

  it("may load nothing and run nothing", () => {
    expect(page).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;/,
    );
    expect(page).not.toMatch(/\b(?:src|href)="(?!data:image\/|#)/);
  });

  it("keeps the cards' styles to the cards", () => {
    expect(page).toMatch(/\.connect \{\s*& \{\s*\}\s*\.card \{/);
    expect(page).toMatch(/@layer page \{\s*p\{\}\s*\}/);
  });
});

describe("the comment", () => {
  const comment = reviewSummary(hostileReview());

  it("lets nothing out of its code", () => {
    // What is left without fences and code spans is the comment's own text.
    const own = comment
      .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "")
      .replace(/<code>[^<\n]*<\/code>/g, "")
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(own).not.toContain("@octocat");
    expect(own).not.toContain("alert(2)");
    expect(own).not.toMatch(/<(?!\/?(?:details|summary|code)>)/);
  });

  it("has rows with as many cells as their head", () => {
    const tables = comment.split("\n\n").filter((block) => block.startsWith("| "));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const rows = table.split("\n").map((row) => row.match(/\|/g)?.length);
      expect(rows.length).toBeGreaterThan(2);
      expect(new Set(rows).size).toBe(1);
    }
  });

  it("stays below what GitHub takes", () => {
    const messages = compareMessages(
      new Map(),
      new Map(Array.from({ length: 50 }, (_, n) => [`${n}.json`, sent("x".repeat(9000))])),
    );
    const long = reviewSummary(review(integration({ messages })));
    expect(long.length).toBeLessThan(65_536);
    expect(long).toMatch(/\d+ more in the page\./);
  });
});

describe("html", () => {
  it("escapes every part that is not markup", () => {
    expect(html`<a title="${`"'&`}">${["<", trusted("<b>"), false, undefined, 1]}</a>`.text).toBe(
      '<a title="&quot;&#39;&amp;">&lt;<b>1</a>',
    );
  });
});
