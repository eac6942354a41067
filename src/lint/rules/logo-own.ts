/** An integration that is begun as a copy keeps the other one's logo, and nobody can tell the two bots apart. */
import { digest } from "../../host/checksum.ts";
import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";
import type { LintSession } from "../session.ts";

export const logoOwn: Rule = {
  id: "logo-own",
  part: "logo",
  severity: "warning",
  summary: "The logo's file is not a copy of another integration's.",
  why: "The list of integrations and the bot would show another service. Integrations that share a logo name the same file in the registry.",
  howToFix: "Use the service's own logo, or name the shared file in the registry.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo) return [];
    const others = logosByContent(target.session).get(contentOf(logo.bytes)) ?? [];
    const other = others.find(({ path }) => path !== logo.path);
    if (!other) return [];
    const message = `The logo is a copy of ${other.path}, the logo of ${other.displayName}.`;
    const fix = "Use the service's own, or name that file in the registry.";
    return [{ path: logo.path, message, fix }];
  },
};

/** The logos of the tree's webhooks by what is in them. */
function logosByContent(
  session: LintSession,
): ReadonlyMap<string, { path: string; displayName: string }[]> {
  return session.once("logos by content", () => {
    const found = new Map<string, { path: string; displayName: string }[]>();
    for (const { logo, displayName } of session.checkout.integrations) {
      const bytes = logo === undefined ? undefined : session.bytes(logo);
      if (logo === undefined || !bytes) continue;
      const key = contentOf(bytes);
      const known = found.get(key) ?? [];
      if (!known.some(({ path }) => path === logo)) known.push({ path: logo, displayName });
      found.set(key, known);
    }
    return found;
  });
}

function contentOf(bytes: Buffer): string {
  return digest([bytes.toString("latin1").trim()]);
}
