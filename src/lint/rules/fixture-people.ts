import { findMailAddresses } from "../../payload/secrets/index.ts";
import type { Rule } from "../rule.ts";
import type { LintSession } from "../session.ts";

export const fixturePeople: Rule = {
  id: "fixture-people",
  part: "fixtures",
  severity: "hint",
  summary: "No fixture contains a real person's email address.",
  why: "Fixtures are public, and the people in them did not agree to that. For files that the branch adds, the finding is a warning.",
  howToFix:
    "Replace the address, for example with one at `example.com`, in the fixture and in the expectations of the tests.",
  needsEntry: false,
  dialects:
    "Addresses of people in the tree's own test base, of well-known fictional characters, and of the product itself, such as at `zulip.com`, are accepted.",
  check(target) {
    const cast = castOf(target.session);
    const own = target.checkout.dialect.docs.productName.toLowerCase().replace(/^.*\s/, "");
    return target.files.fixtures.flatMap(({ path, linkTarget }) => {
      if (linkTarget !== undefined) return [];
      const [first, ...others] = findMailAddresses(target.text(path) ?? "", { cast, own });
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

/** The addresses that the tree's test base gives its people, in small letters. */
function castOf(session: LintSession): ReadonlySet<string> {
  return session.once("cast", () => {
    const base = session.text("zerver/lib/test_classes.py") ?? "";
    const quoted = base.matchAll(/(["'])([\w.+-]{1,64}@[\w.-]{1,253})\1/g);
    return new Set([...quoted].map(([, , address = ""]) => address.toLowerCase()));
  });
}
