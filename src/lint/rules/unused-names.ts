import { codeFiles } from "../../checkout/index.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintSession } from "../session.ts";
import { type LintTarget, placeOf } from "../target.ts";

/** Names that the server looks up, or that say something without being used. */
const KNOWN = /^(fixture_to_headers|ALL_EVENT_TYPES|logger|_\w*|api_\w+)$/;

export const unusedNames: Rule = {
  id: "unused-names",
  part: "view",
  severity: "warning",
  summary: "Every function, class and constant of the view is used.",
  why: "What was left of an earlier draft is read, translated and kept up to date for nothing. Ruff only looks within functions.",
  howToFix: "Remove it, or use it.",
  needsEntry: true,
  async check(target) {
    const words = countWords(codeFiles(target.files).map((path) => target.text(path) ?? ""));
    const alone = target.files.viewFiles
      .flatMap((path) => definedIn(target, path))
      .filter(
        ({ name }) =>
          words.get(name) === 1 && !KNOWN.test(name) && name !== target.integration.functionName,
      );
    if (alone.length === 0) return [];
    const elsewhere = await textsAbout(target);
    return alone
      .filter(({ name }) => !elsewhere.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
      .map(({ finding }) => finding);
  },
};

function definedIn(target: LintTarget, path: string): { name: string; finding: Finding }[] {
  const module = target.session.module(path);
  if (!module || module.problems.length > 0) return [];
  const names = [
    ...module.functions
      .filter(({ decorators }) => decorators.length === 0)
      .map(({ name, node }) => ({ name, from: node.from })),
    ...module.classes.map(({ name, node }) => ({ name, from: node.from })),
    ...module.assignments.map(({ target: name, from }) => ({ name, from })),
  ];
  return names
    .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
    .map(({ name, from }) => ({
      name,
      finding: {
        path,
        ...placeOf(module, from),
        message: `Nothing uses \`${name}\`.`,
        fix: "Remove it.",
      },
    }));
}

/** How often each word stands in some texts. */
function countWords(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [word] of text.matchAll(/\w+/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** The other modules of the server that name this integration's. */
async function textsAbout({ session, integration }: LintTarget): Promise<string[]> {
  const own = `${integration.directory}/`;
  const module = integration.directory.replaceAll("/", ".");
  return (await modulesAboutAny(session))
    .filter(({ path, text }) => !path.startsWith(own) && text.includes(module))
    .map(({ text }) => text);
}

/** The modules of the server that name any integration's; they are found once a run. */
function modulesAboutAny(session: LintSession): Promise<{ path: string; text: string }[]> {
  return session.once("modules about integrations", async () => {
    const folders = ["zerver/webhooks", "zerver/tests", "zerver/lib", "zerver/views"];
    const paths = folders.map(async (folder) =>
      (await session.filesBelow(folder)).map((name) => `${folder}/${name}`),
    );
    return (await Promise.all(paths))
      .flat()
      .filter((path) => path.endsWith(".py"))
      .map((path) => ({ path, text: session.text(path) ?? "" }))
      .filter(({ text }) => text.includes("zerver.webhooks"));
  });
}
