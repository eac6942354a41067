import { defineCommand } from "./define.ts";
import { themeOption } from "./theme.ts";

export default defineCommand({
  name: "review",
  summary: "make one page for whoever reviews a change",
  runsPythonUnless: [],
  description:
    "Makes one page for whoever reviews a change: of each integration that differs from the base, every fixture's " +
    "message before and after, what differs in it, event types, the checklist, tests, coverage, logo, avatar and " +
    "pictures. The page is one file that loads nothing and runs nothing.\n\n" +
    "The base is the commit where the branch left the given branch or commit; its files are read from git, and " +
    "neither the work tree nor the index is touched. What is not committed yet is part of the change. Exit code 1 " +
    "says that something is wrong that was not so on the base: a test fails, a view raises, or the checklist has an error.",
  args: [
    {
      name: "names",
      description:
        "review only these integrations (default: all that the change touches or reaches)",
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
        "write the page to this file (default: review.html, if nothing else is asked for)",
    },
    summary: { value: "file", description: "write a short Markdown summary for a pull request" },
    theme: themeOption,
    format: {
      value: "format",
      description: "what to print: a few words, or the whole review as JSON",
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
    const { outputsOf, writeReview } = await import("./review/outputs.ts");
    const outputs = outputsOf(options, context);
    const { gatherReview } = await import("./review/gather.ts");
    const gathered = await gatherReview(names, options.base, options.theme, context);
    return writeReview(gathered, outputs, context);
  },
});
