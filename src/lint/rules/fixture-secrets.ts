import { findPayloadCredentials } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";

export const fixtureSecrets: Rule = {
  id: "fixture-secrets",
  part: "fixtures",
  severity: "warning",
  summary: "No fixture contains a credential.",
  why: "Anyone who can read the repository can use it, and it stays in the history even after it is removed. A session's identifier is a hint, and only in new fixtures: most services call conversations so.",
  howToFix:
    "Revoke the credential at the service, and replace it in the fixture. If it is harmless, add an exception with the reason to `connect-webhook.config.json`.",
  needsEntry: false,
  check(target) {
    return target.files.fixtures.flatMap(({ path, linkTarget }) => {
      if (linkTarget !== undefined) return [];
      const text = target.text(path) ?? "";
      // A form has its keys before equal signs.
      const isForm = !/^\s*[[{<]/.test(text) && /^[\w.%+[\]-]+=/.test(text);
      return findPayloadCredentials(text, isForm).flatMap(({ what, start, line, isPassing }) => {
        // What is in the history was over long ago; what is about to be published may not be.
        if (isPassing && !target.session.isNew(path)) return [];
        const message = `This looks like ${what}: ${start}`;
        const fix = isPassing
          ? "Replace it in the fixture."
          : "Revoke it, and replace it in the fixture.";
        return [{ path, line, message, fix, ...(isPassing && { severity: "hint" as const }) }];
      });
    });
  },
};
