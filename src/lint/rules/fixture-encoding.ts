import { isUtf8 } from "node:buffer";
import { textParts } from "../../payload/index.ts";
import type { Finding, Rule } from "../rule.ts";

export const fixtureEncoding: Rule = {
  id: "fixture-encoding",
  part: "fixtures",
  severity: "error",
  summary: "Every fixture is UTF-8 without a byte order mark.",
  why: "The tests read fixtures as UTF-8; other bytes make them fail, and a byte order mark is not valid JSON.",
  howToFix:
    "Save the file as UTF-8 without a byte order mark. Of a form in parts, leave out the parts that are files.",
  needsEntry: false,
  fixable: true,
  check(target) {
    const findings: Finding[] = [];
    for (const { path } of target.files.fixtures) {
      const bytes = target.bytes(path);
      if (!bytes) continue;
      const fix = "Save it as UTF-8 without a byte order mark.";
      if (!isUtf8(bytes)) findings.push(notUtf8(path, bytes, fix));
      else if (bytes.subarray(0, 3).equals(byteOrderMark)) {
        const message = "The fixture begins with a byte order mark.";
        const apply = (before = Buffer.alloc(0)) => withoutMark(before);
        findings.push({ path, line: 1, message, fix, repair: { path, apply } });
      }
    }
    return findings;
  },
};

/** A form in parts need not have been saved in another way: some of its parts are files. */
function notUtf8(path: string, bytes: Buffer, fix: string): Finding {
  const parts = textParts(bytes);
  if (!parts) return { path, message: "The fixture is not UTF-8.", fix };
  const apply = (before = Buffer.alloc(0)) => Buffer.from(textParts(before)?.bytes ?? before);
  return {
    path,
    message: `The fixture has parts that are no text: ${parts.leftOut.join(", ")}.`,
    fix: "Leave out these parts: the tests read fixtures as UTF-8.",
    repair: { path, apply },
  };
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
}
