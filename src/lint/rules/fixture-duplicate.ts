import type { Fixture } from "../../checkout/model.ts";
import { digest } from "../../host/checksum.ts";
import type { Finding, Rule } from "../rule.ts";

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
    const first = new Map<string, Fixture>();
    const named = target.files.viewFiles.some((path) =>
      target.text(path)?.includes("fixture_to_headers"),
    );
    return target.files.fixtures.flatMap((fixture): Finding[] => {
      const bytes = target.bytes(fixture.path);
      if (fixture.linkTarget !== undefined || !bytes || bytes.length < FEWEST_BYTES) return [];
      // Where the name makes the headers, the same body may come with two of them.
      const event = named ? (fixture.name.split("__")[0] ?? "") : "";
      const content = digest([event, bytes]);
      const other = first.get(content);
      if (!other) {
        first.set(content, fixture);
        return [];
      }
      const message = `The fixture is a copy of ${other.file}.`;
      return [{ path: fixture.path, message, fix: `Use ${other.file}, and remove this one.` }];
    });
  },
};

/** Bytes; what is shorter says next to nothing, and may do so twice. */
const FEWEST_BYTES = 20;
