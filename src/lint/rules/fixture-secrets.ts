import { findPayloadCredentials } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";

export const fixtureSecrets: Rule = {
  id: "fixture-secrets",
  part: "fixtures",
  severity: "warning",
  summary: "No fixture holds a credential.",
  why: "Whoever can read the repository can use it, and it stays in the history when it is removed.",
  howToFix:
    "Revoke it where it comes from, and replace it in the fixture. One that is harmless goes to the exceptions in `connect-webhook.config.json`, with the reason.",
  needsEntry: false,
  check(target) {
    return target.files.fixtures.flatMap(({ path, linkTarget }) => {
      if (linkTarget !== undefined) return [];
      const text = target.text(path) ?? "";
      // A form has its keys before equal signs.
      const isForm = !/^\s*[[{<]/.test(text) && /^[\w.%+[\]-]+=/.test(text);
      return findPayloadCredentials(text, isForm).map(({ what, start, line }) => ({
        path,
        line,
        message: `This looks like ${what}: ${start}`,
        fix: "Revoke it, and replace it in the fixture.",
      }));
    });
  },
};
