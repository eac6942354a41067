import type { Checkout } from "../../checkout/model.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";
import { bypasses } from "../view-validation.ts";

export const payloadValidated: Rule = {
  id: "payload-validated",
  part: "view",
  severity: "hint",
  summary: "The view reads the payload through the library's validators.",
  why: "If a payload has another form, the server's log then names the invalid field. It is still a server error (500), so read a value that may be absent or null with `.get` or `check_none_or`. `test --fuzz` reports the values for which the tree contains evidence. For new files that the branch adds, the finding is a warning.",
  howToFix: "Take the payload as a `WildValue`, and read each value with `.tame(check_…)`.",
  needsEntry: false,
  dialects:
    "Only in trees whose library has `WildValue`. Existing files are checked only if at least half of the other views use it. Views that pass what they have read themselves to `to_wild_value`, and views that only show the payload as a whole, are not checked.",
  check(target) {
    if (!target.session.isThere("zerver/lib/validator.py")) return [];
    if (!/class WildValue\b/.test(target.text("zerver/lib/validator.py") ?? "")) return [];
    const fix = adviceFor(target.checkout);
    const { session } = target;
    const severity = (path: string) => (session.isNew(path) ? "warning" : "hint");
    const findings: Finding[] = [];
    if (!readsKeys(target)) return [];
    for (const path of target.files.viewFiles) {
      if (/\bto_wild_value\(/.test(target.text(path) ?? "")) continue;
      for (const [index, line] of (target.text(path) ?? "").split("\n").entries()) {
        const code = line.replace(/(^|\s)#.*/, "");
        const found = bypasses.find(([pattern]) => pattern.test(code));
        if (!found) continue;
        const { viewModule } = target.integration;
        if (!session.isNew(path) && !session.validatesUsually(viewModule)) break;
        findings.push({
          path,
          line: index + 1,
          severity: severity(path),
          message: `The view ${found[1]}, so nothing checks what is in it.`,
          fix,
        });
      }
    }
    return findings;
  },
};

/** Whether a view takes anything out of what it is sent, and does not only show it as a whole. */
function readsKeys({ session, files }: LintTarget): boolean {
  return files.viewFiles.some((path) =>
    /\[\s*f?["']|\.(get|items|values|pop)\(|\*\*\w/.test(session.text(path) ?? ""),
  );
}

/** Says it with what the tree's endpoints are declared with. */
function adviceFor({ dialect }: Checkout): string {
  const parameter = dialect.view.typedEndpoint
    ? "payload: JsonBodyPayload[WildValue]"
    : 'payload: WildValue = REQ(argument_type="body", converter=to_wild_value)';
  return `Take \`${parameter}\`, and read each value with \`.tame(check_…)\`.`;
}
