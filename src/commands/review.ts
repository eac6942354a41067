import { defineCommand } from "./define.ts";
import { themeOption } from "./theme.ts";

export default defineCommand({
  name: "review",
  summary: "make one page for the reviewer of a change",
  runsPythonUnless: [],
  description:
    "Makes one page for the reviewer of a change. For each integration that differs from the base, it shows every " +
    "fixture's message before and after, with the differences, event types, the checklist, tests, coverage, logo, " +
    "avatar and screenshots. The page is a single file that loads nothing and runs no scripts.\n\n" +
    "The base is the commit where the branch diverged from the given branch or commit; its files are read from git, " +
    "and the work tree and the index are not touched. Uncommitted changes are included. Exit code 1 means that " +
    "something is wrong that was not wrong on the base: a test fails, a view raises an exception, or the checklist " +
    "has an error.",
  args: [
    {
      name: "names",
      description: "review only these integrations (default: all that the change affects)",
      many: true,
    },
  ],
  options: {
    base: {
      value: "ref",
      description: "compare with this branch, tag or commit (default: the tree's main branch)",
    },
    out: {
      value: "file",
      description:
        "write the page to this file (default: review.html, if no other output is requested)",
    },
    summary: { value: "file", description: "write a short Markdown summary for a pull request" },
    theme: themeOption,
    format: {
      value: "format",
      description: "what to print: a summary, or the whole review as JSON",
      choices: ["text", "json"],
      default: "text",
      asksForJson: true,
    },
  },
  examples: [
    { line: "review --base origin/main", does: "Writes review.html for the current branch." },
    {
      line: "review --base origin/main --out page.html --summary comment.md",
      does: "Writes the page, and a comment for the pull request.",
    },
    { line: "review mywebhook --base v1.2", does: "Reviews one integration." },
    { line: "review --base origin/main --json", does: "Prints the review for a program." },
  ],
  async run({ names, options }, context) {
    const { outputsOf, writeReview, writeUnreadable } = await import("./review/outputs.ts");
    const outputs = outputsOf(options, context);
    const { gatherReview } = await import("./review/gather.ts");
    const gathered = gatherReview(names, options.base, options.theme, context);
    const result = await gathered.catch(async (error: unknown) => {
      await writeUnreadable(error, outputs, context);
      throw error;
    });
    return writeReview(result, outputs, context);
  },
});
