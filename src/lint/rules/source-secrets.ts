/** Credentials come into views, tests and pages by copying: what was tried by hand is pasted as it was. */
import { findSourceCredentials } from "../../payload/secrets/index.ts";
import { newSecrets } from "../new-secrets.ts";
import type { Finding, Rule } from "../rule.ts";

export const sourceSecrets: Rule = {
  id: "source-secrets",
  part: "view",
  severity: "warning",
  summary: "No view, test or documentation page contains a credential.",
  why: "Anyone who can read the repository can use it, and it stays in the history even after it is removed. A credential in the format of a known vendor is an error if the change adds it. The rule looks for the formats of well-known credentials, and for values of variables and headers whose names say that they are secret.",
  howToFix:
    "Revoke the credential at the service, and replace it. If it is harmless, add an exception with the reason to `connect-webhook.config.json`.",
  needsEntry: false,
  async check({ files, session }) {
    const paths = [...files.viewFiles, files.testsFile, files.docFile];
    const found = paths.map(async (path): Promise<Finding[]> => {
      if (path === undefined) return [];
      const leaks = findSourceCredentials(session.text(path) ?? "");
      const added = await newSecrets(session, path, leaks);
      return leaks.map((leak) => ({
        path,
        line: leak.line,
        message: `This looks like ${leak.what}: ${leak.start}`,
        fix: "Revoke it, and replace it.",
        severity: added.has(leak) ? "error" : undefined,
      }));
    });
    return (await Promise.all(found)).flat();
  },
};
