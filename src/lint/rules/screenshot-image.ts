import { shellCommand } from "../../host/shell-command.ts";
import type { Rule } from "../rule.ts";

export const screenshotImage: Rule = {
  id: "screenshot-image",
  part: "screenshot",
  severity: "error",
  summary: "The picture of every screenshot entry exists.",
  why: "The documentation shows it, so that people see what to expect.",
  howToFix: "Run `connect-webhook screenshot --integration <name>`.",
  needsEntry: true,
  check({ files, integration }) {
    return integration.screenshots
      .filter(({ imagePath }) => !files.images.includes(imagePath))
      .map(({ imagePath }) => ({
        path: imagePath,
        message: "The picture for the documentation is missing.",
        fix: `Run \`${shellCommand("connect-webhook", "screenshot", "--integration", integration.name)}\`.`,
      }));
  },
};
