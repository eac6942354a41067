import { isUtf8 } from "node:buffer";
import type { Finding, Rule } from "../rule.ts";

export const fixtureEncoding: Rule = {
  id: "fixture-encoding",
  part: "fixtures",
  severity: "error",
  summary: "Every fixture is UTF-8 without a byte order mark.",
  why: "The tests read fixtures as UTF-8; other bytes make them fail, and a byte order mark is not valid JSON.",
  howToFix: "Save the file as UTF-8 without a byte order mark.",
  needsEntry: false,
  fixable: true,
  check(target) {
    const findings: Finding[] = [];
    for (const { path } of target.files.fixtures) {
      const bytes = target.bytes(path);
      if (!bytes) continue;
      const fix = "Save it as UTF-8 without a byte order mark.";
      if (!isUtf8(bytes)) findings.push({ path, message: "The fixture is not UTF-8.", fix });
      else if (bytes.subarray(0, 3).equals(byteOrderMark)) {
        const message = "The fixture begins with a byte order mark.";
        const apply = (before = Buffer.alloc(0)) => withoutMark(before);
        findings.push({ path, line: 1, message, fix, repair: { path, apply } });
      }
    }
    return findings;
  },
};

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
}
