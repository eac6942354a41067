/** Credentials come into views, tests and pages by copying: what was tried by hand is pasted as it was. */
import { findSourceCredentials } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";

export const sourceSecrets: Rule = {
  id: "source-secrets",
  part: "view",
  severity: "warning",
  summary: "No view, test or documentation page holds a credential.",
  why: "Whoever can read the repository can use it, and it stays in the history when it is removed. Looked for are the forms that services give their credentials, and what is set to a variable or header that is called a secret.",
  howToFix:
    "Revoke it where it comes from, and replace it. One that is harmless goes to the exceptions in `connect-webhook.config.json`, with the reason.",
  needsEntry: false,
  check({ files, session }) {
    const paths = [...files.viewFiles, files.testsFile, files.docFile];
    return paths.flatMap((path) => {
      if (path === undefined) return [];
      return findSourceCredentials(session.text(path) ?? "").map(({ what, start, line }) => ({
        path,
        line,
        message: `This looks like ${what}: ${start}`,
        fix: "Revoke it, and replace it.",
      }));
    });
  },
};
