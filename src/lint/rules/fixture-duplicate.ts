import type { Fixture } from "../../checkout/model.ts";
import { digest } from "../../host/checksum.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const fixtureDuplicate: Rule = {
  id: "fixture-duplicate",
  part: "fixtures",
  severity: "warning",
  summary: "No fixture is a copy of another one of the integration.",
  why: "Two names for one payload look like two cases, and only one is tested.",
  howToFix:
    "Let the tests use one file, and remove the other; or capture the payload that the name promises.",
  needsEntry: false,
  check(target) {
    const named = target.files.viewFiles.some((path) =>
      target.text(path)?.includes("fixture_to_headers"),
    );
    const copies = new Map<string, Fixture[]>();
    for (const fixture of target.files.fixtures) {
      const bytes = target.bytes(fixture.path);
      if (fixture.linkTarget !== undefined || !bytes || bytes.length < FEWEST_BYTES) continue;
      // Where the name makes the headers, the same body may come with two of them.
      const event = named ? (fixture.name.split("__")[0] ?? "") : "";
      const content = digest([event, bytes]);
      copies.set(content, [...(copies.get(content) ?? []), fixture]);
    }
    return [...copies.values()].flatMap((same) => (same.length < 2 ? [] : repeats(target, same)));
  },
};

/** All but the one that is to stay: an old one rather than a new one, and one with a test rather than one without. */
function repeats(target: LintTarget, same: readonly Fixture[]): Finding[] {
  const words = target.tests()?.words;
  const rank = ({ path, name, file }: Fixture): number =>
    (target.session.isNew(path) ? 2 : 0) + (words?.has(name) || words?.has(file) ? 0 : 1);
  const [kept, ...others] = [...same].sort((a, b) => rank(a) - rank(b));
  return others.map(({ path }) => ({
    path,
    message: `The fixture is a copy of ${kept?.file}.`,
    fix: `Use ${kept?.file}, and remove this one.`,
  }));
}

/** Bytes; what is shorter says next to nothing, and may do so twice. */
const FEWEST_BYTES = 20;
