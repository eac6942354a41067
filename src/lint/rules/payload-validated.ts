import type { Checkout } from "../../checkout/model.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";
import { bypasses } from "../view-validation.ts";

export const payloadValidated: Rule = {
  id: "payload-validated",
  part: "view",
  severity: "hint",
  summary: "The view reads the payload through the library's validators.",
  why: "What is wrong with a payload of another form then stands in the server's log by its field. It is a server error (500) all the same: read a value that may be absent or null with `.get` or `check_none_or`. `test --fuzz` tells which values something in the tree shows so. New files that the branch adds get a warning.",
  howToFix: "Take the payload as a `WildValue`, and read each value with `.tame(check_…)`.",
  needsEntry: false,
  dialects:
    "Only in trees whose library has `WildValue`. Old files are held to it only where at least half of the other views use it, and a view that hands to `to_wild_value` what it read by itself is left alone, as is one that only shows the payload as a whole.",
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
