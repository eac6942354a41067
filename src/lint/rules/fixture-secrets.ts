import { findPayloadCredentials, type Leak } from "../../payload/secrets/index.ts";
import { newSecrets } from "../new-secrets.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const fixtureSecrets: Rule = {
  id: "fixture-secrets",
  part: "fixtures",
  severity: "warning",
  summary: "No fixture contains a credential.",
  why: "Anyone who can read the repository can use it, and it stays in the history even after it is removed. A credential in the format of a known vendor is an error if the change adds it. A session's identifier is a hint, and only in new fixtures: most services call conversations so. The rule reports a value once for an integration, and once more if a branch adds it to a new fixture.",
  howToFix:
    "Revoke the credential at the service, and replace it in the fixture. If it is harmless, add an exception with the reason to `connect-webhook.config.json`.",
  needsEntry: false,
  async check(target) {
    const own = target.files.fixtures.filter(({ linkTarget }) => linkTarget === undefined);
    const found = (await Promise.all(own.map(({ path }) => secretsOf(target, path)))).flat();
    const byValue = new Map<string, Secret[]>();
    for (const secret of found) {
      const key = keyOf(secret);
      const same = byValue.get(key);
      if (same) same.push(secret);
      else byValue.set(key, [secret]);
    }
    return [...byValue.values()].flatMap(toFinding);
  },
};

/** A credential in a fixture. */
interface Secret {
  readonly path: string;
  readonly leak: Leak;
  readonly isInNewFile: boolean;
  readonly severity: Finding["severity"];
}

/** The same for the same value. What is new is told by itself, or it would be hidden behind what is known. */
function keyOf({ leak, severity, isInNewFile }: Secret): string {
  return `${leak.digest} ${severity} ${isInNewFile}`;
}

async function secretsOf({ session }: LintTarget, path: string): Promise<Secret[]> {
  const text = session.text(path) ?? "";
  // A form has its keys before equal signs.
  const isForm = !/^\s*[[{<]/.test(text) && /^[\w.%+[\]-]+=/.test(text);
  const leaks = findPayloadCredentials(text, isForm);
  const added = await newSecrets(session, path, leaks);
  const isInNewFile = session.isNew(path);
  return leaks.flatMap((leak): Secret[] => {
    const { isPassing } = leak;
    // What is in the history was over long ago; what is about to be published may not be.
    if (isPassing && !isInNewFile) return [];
    const severity = isPassing ? "hint" : added.has(leak) ? "error" : undefined;
    return [{ path, leak, isInNewFile, severity }];
  });
}

/**
 * What is said of one value; the number of fixtures is no part of the message, by which a finding is known again.
 * @param all Where it is.
 */
function toFinding(all: readonly Secret[]): Finding[] {
  const [first] = all;
  if (!first) return [];
  const { path, severity } = first;
  const { what, start, line, isPassing } = first.leak;
  const { size } = new Set(all.map((one) => one.path));
  const where = size === 1 ? "the fixture" : `the ${size} fixtures that have it`;
  const fix = isPassing ? `Replace it in ${where}.` : `Revoke it, and replace it in ${where}.`;
  return [{ path, line, message: `This looks like ${what}: ${start}`, fix, severity }];
}
