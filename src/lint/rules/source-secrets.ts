/** Credentials come into views, tests and pages by copying: what was tried by hand is pasted as it was. */
import { findSourceCredentials } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";

export const sourceSecrets: Rule = {
  id: "source-secrets",
  part: "view",
  severity: "warning",
  summary: "No view, test or documentation page contains a credential.",
  why: "Anyone who can read the repository can use it, and it stays in the history even after it is removed. The rule looks for the formats of well-known credentials, and for values of variables and headers whose names say that they are secret.",
  howToFix:
    "Revoke the credential at the service, and replace it. If it is harmless, add an exception with the reason to `connect-webhook.config.json`.",
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
