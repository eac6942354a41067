import { UserError } from "../errors.ts";
import { defineCommand } from "./define.ts";
import { reportLint } from "./reporters/lint.ts";

export default defineCommand({
  name: "lint",
  description:
    "Checks integrations against the checklist that a reviewer goes through: every file and registry entry is " +
    "there, names agree, fixtures are valid and used, the logo, the avatar and the pictures are right, and the " +
    "documentation follows the tree's own form. Without names it checks the whole tree, folders that no " +
    "integration uses included.\n\n" +
    "Errors end with exit code 1; so do warnings with --strict. Hints are shown with --verbose. The rules are " +
    "described in docs/lint.md.",
  args: [
    {
      name: "names",
      description: "integrations, or folders of zerver/webhooks (default: all)",
      many: true,
    },
  ],
  options: {
    all: { description: "check every integration of the tree" },
    strict: { description: "let warnings fail the run too" },
    format: {
      value: "format",
      description: "how to print the findings: stylish (default) or json",
      choices: ["stylish", "json"],
      default: "stylish",
    },
  },
  examples: [
    { line: "lint acmedeploy", does: "Checks one integration." },
    { line: "lint --all --strict", does: "Checks the whole tree; a warning fails it." },
    { line: "lint --format json", does: "Prints one JSON object with all findings." },
  ],
  async run({ names, options }, { out, checkout }) {
    if (options.all && names.length > 0) {
      throw new UserError("Names and --all exclude each other.", {
        code: "names-and-all",
        hint: "Leave out the names, or leave out --all.",
      });
    }
    const tree = await checkout();
    const { lint } = await import("../lint/index.ts");
    const result = await lint(tree, { names });
    return reportLint(out, result, options);
  },
});
