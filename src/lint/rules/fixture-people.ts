import { findMailAddresses } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";

export const fixturePeople: Rule = {
  id: "fixture-people",
  part: "fixtures",
  severity: "hint",
  summary: "No fixture holds a real person's mail address.",
  why: "Fixtures are public, and the people in them were never asked. Files that the branch adds get a warning.",
  howToFix:
    "Replace the address, such as by one at `example.com`, in the fixture and in what the tests expect.",
  needsEntry: false,
  check(target) {
    return target.files.fixtures.flatMap(({ path, linkTarget }) => {
      if (linkTarget !== undefined) return [];
      const [first, ...others] = findMailAddresses(target.text(path) ?? "");
      if (!first) return [];
      const more = others.length === 0 ? "" : `, and ${others.length} more`;
      return [
        {
          path,
          line: first.line,
          severity: target.session.isNew(path) ? "warning" : "hint",
          message: `The fixture holds what may be a real mail address: ${first.start}${more}`,
          fix: "Replace it by one at example.com, in the fixture and in the tests.",
        },
      ];
    });
  },
};
