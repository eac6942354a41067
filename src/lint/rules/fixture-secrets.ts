import { findPayloadCredentials } from "../../payload/secrets/index.ts";
import { newSecrets } from "../new-secrets.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const fixtureSecrets: Rule = {
  id: "fixture-secrets",
  part: "fixtures",
  severity: "warning",
  summary: "No fixture contains a credential.",
  why: "Anyone who can read the repository can use it, and it stays in the history even after it is removed. A credential in the format of a known vendor is an error if the change adds it. A session's identifier is a hint, and only in new fixtures: most services call conversations so.",
  howToFix:
    "Revoke the credential at the service, and replace it in the fixture. If it is harmless, add an exception with the reason to `connect-webhook.config.json`.",
  needsEntry: false,
  async check(target) {
    const own = target.files.fixtures.filter(({ linkTarget }) => linkTarget === undefined);
    return (await Promise.all(own.map(({ path }) => secretsOf(target, path)))).flat();
  },
};

async function secretsOf({ session }: LintTarget, path: string): Promise<Finding[]> {
  const text = session.text(path) ?? "";
  // A form has its keys before equal signs.
  const isForm = !/^\s*[[{<]/.test(text) && /^[\w.%+[\]-]+=/.test(text);
  const leaks = findPayloadCredentials(text, isForm);
  const added = await newSecrets(session, path, leaks);
  return leaks.flatMap((leak): Finding[] => {
    const { what, start, line, isPassing } = leak;
    // What is in the history was over long ago; what is about to be published may not be.
    if (isPassing && !session.isNew(path)) return [];
    const severity = isPassing ? "hint" : added.has(leak) ? "error" : undefined;
    const fix = isPassing
      ? "Replace it in the fixture."
      : "Revoke it, and replace it in the fixture.";
    return [{ path, line, message: `This looks like ${what}: ${start}`, fix, severity }];
  });
}
