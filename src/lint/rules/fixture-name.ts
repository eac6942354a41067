import { introduction } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";

/** Names that say nothing about what is in the file. */
const generic =
  /^(test|fixture|sample|example|payload|webhook|data|message|event|request|response|body|json|new|temp|tmp|foo|bar|untitled)s?[-_ ]?\d*$/i;

export const fixtureName: Rule = {
  id: "fixture-name",
  part: "fixtures",
  severity: "hint",
  summary: "A fixture's name says what happened, in the same style as the other names.",
  why: "Names such as `test1` do not tell the reviewer or the next author which event the fixture is about.",
  howToFix: "Name the file after the event and what is special about it, and update the tests.",
  needsEntry: false,
  check(target) {
    const { files, integration, session } = target;
    const page = target.doc();
    // "Get notifications for your form responses": there a response is what happened.
    const opening = (page && introduction(page)?.text.toLowerCase()) ?? "";
    const unclear = files.fixtures
      .filter(({ name }) => generic.test(name) || name === integration.name)
      // Where the service itself calls an event so, the name says what happened.
      .filter(({ name }) => !files.viewFiles.some((path) => text(session.text(path), name)))
      .filter(({ name }) => !opening.includes(name.toLowerCase().replace(/s$/, "")))
      .map(({ path, file }) => ({
        path,
        message: `The name ${file} does not say what happened.`,
        fix: "Name it after the event, such as `build_failed.json`.",
      }));
    const odd = files.fixtures.flatMap(({ path, file }) => {
      const why = odds.find(({ pattern }) => pattern.test(file))?.why;
      if (why === undefined) return [];
      const severity: Finding["severity"] = session.isNew(path) ? "warning" : "hint";
      return [
        { path, severity, message: `The name ${file} ${why}.`, fix: "Write `build_failed.json`." },
      ];
    });
    return [...unclear, ...odd];
  },
};

/** What makes a name that tests cannot state as they state others. */
const odds: { pattern: RegExp; why: string }[] = [
  { pattern: /\s|\(\d+\)/, why: "has blanks, as copies have" },
  { pattern: /\.(json|xml|txt|multipart)\.\w+$/i, why: "has two endings" },
  {
    pattern: /\.(?=[a-z]*[A-Z])[A-Za-z]+$/,
    why: "ends in large letters, and is not found as `.json`",
  },
  { pattern: /^[^.]+$/, why: "has no ending" },
];

/** Whether a view names an event so. */
function text(view: string | undefined, name: string): boolean {
  return view?.includes(`"${name}"`) ?? false;
}
