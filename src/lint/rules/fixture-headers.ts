import { callsIn } from "../../python/module.ts";
import { declaredEvents } from "../event-types.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

const converter = "fixture_to_headers";

export const fixtureHeaders: Rule = {
  id: "fixture-headers",
  part: "fixtures",
  severity: "hint",
  summary: "If a header names the event, the names of the fixtures include it.",
  why: "The tools use the name, such as `push__to_main.json`, to determine which header to send.",
  howToFix: `Set \`${converter}\` in the view, and start the name of each fixture with the event and two underscores.`,
  needsEntry: false,
  dialects: "Only in trees whose library makes headers from fixture names.",
  check(target) {
    const { eventHeaderFunction, fixtureHeadersFunction } = target.checkout.dialect.view;
    const view = target.view();
    const path = target.files.viewFile;
    if (!view || path === undefined || !eventHeaderFunction || !fixtureHeadersFunction) return [];
    const set =
      view.assignments.find(({ target: name }) => name === converter) ??
      view.functions.find(({ name }) => name === converter);
    if (set) {
      const source = view.text.slice(set.from, set.to);
      return source.includes(`${fixtureHeadersFunction}(`) ? wrongNames(target) : [];
    }
    const read = callsIn(view.text, view.root).find(({ callee }) => callee === eventHeaderFunction);
    if (!read || target.files.fixtures.length === 0) return [];
    return [
      {
        path,
        ...placeOf(view, read.from),
        message: "A header names the event, but nothing says which one a fixture comes with.",
        fix: `Write \`${converter} = ${fixtureHeadersFunction}("HTTP_…")\`, and name the fixtures \`event__detail\`.`,
      },
    ];
  },
};

/** One name in so many may be wrong; with more of them the header's words are not the view's event types. */
const ONE_IN = 5;

function wrongNames(target: LintTarget): Finding[] {
  const events = declaredEvents(target)?.names;
  if (!events) return [];
  const { fixtures } = target.files;
  const sent = target.tests()?.words;
  const wrong = fixtures.filter(({ name }) => !events.includes(eventIn(name)));
  // Views may give their event types names of their own, finer than the header's.
  if (wrong.length * ONE_IN > fixtures.length) return [];
  // The server's tests send some on purpose; what this integration's tests do not send is no fixture of an event.
  const own = wrong.filter(({ name }) => sent?.has(name));
  return own.map(({ path, file, name }) => ({
    path,
    message: `The name ${file} sends "${eventIn(name)}" as the event, which the view does not know.`,
    fix: "Begin the name with one of the view's event types, followed by two underscores.",
  }));
}

function eventIn(fixtureName: string): string {
  return fixtureName.split("__")[0] ?? "";
}
