/** What lint finds of some integrations, held against what it finds of them on the base. */
import type { ChangedFiles } from "../checkout/changed.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { moduleFile } from "../checkout/names.ts";
import { openAnswers } from "../lint/cache/answers.ts";
import { markNew } from "../lint/news.ts";
import type { Problem } from "../lint/report.ts";
import { type LintOptions, type LintResult, lint } from "../lint/run.ts";

/**
 * What an integration was on the base: the one of its name, or the one whose view went to where its view is.
 * @param before Integrations of the base.
 * @param renamed Former paths by new ones.
 */
export function formerIntegration(
  before: readonly Integration[],
  { name, viewModule }: Integration,
  renamed: ReadonlyMap<string, string>,
): Integration | undefined {
  const former = renamed.get(moduleFile(viewModule));
  return (
    before.find((one) => one.name === name) ??
    before.find((one) => moduleFile(one.viewModule) === former)
  );
}

/** Gives the tree as the base has it, when it is needed; undefined where it cannot be read. */
export type BaseTree = () => Promise<Checkout | undefined>;

export interface Comparison extends Pick<LintOptions, "rules" | "settings" | "cache"> {
  readonly branch: ChangedFiles;
}

/**
 * Says of each finding whether the base has it, too.
 * @param now What lint finds of the tree.
 * @param baseTree Where there is none, everything is new.
 * @param options What lint was asked for. With a cache, what was found of a base is not looked for again: getting its
 *   files takes seconds.
 */
export async function comparedWithBase(
  tree: Checkout,
  now: LintResult,
  baseTree: BaseTree,
  options: Comparison,
): Promise<LintResult> {
  const found = new Set(now.problems.map(({ integration }) => integration));
  const { renamed } = options.branch;
  const subjects = [
    ...tree.integrations.filter(({ name }) => found.has(name)),
    ...tree.orphans.filter((name) => found.has(name)),
  ];
  let looked: Promise<ProblemsByName | undefined> | undefined;
  const look = (): Promise<ProblemsByName | undefined> => {
    looked ??= problemsOnBase(subjects, baseTree, options);
    return looked;
  };
  const answers = await openProblems(tree.root, options);
  const before: Problem[] = [];
  for (const subject of subjects) {
    const find = async () => (await look())?.get(nameOf(subject)) ?? [];
    const key = [nameOf(subject), formerView(subject, renamed) ?? ""];
    before.push(...(answers ? await answers.get(key, find) : await find()));
  }
  // A base that could not be read may be readable the next time.
  if (looked && (await looked)) await answers?.save();
  return markNew(now, before, renamed);
}

/** An integration of the tree, or the name of a folder without an entry. */
type Subject = Integration | string;

type ProblemsByName = ReadonlyMap<string, readonly Problem[]>;

const nameOf = (subject: Subject): string => (typeof subject === "string" ? subject : subject.name);

/** Where an integration's view was, if it was elsewhere. */
const formerView = (subject: Subject, renamed: ReadonlyMap<string, string>): string | undefined =>
  typeof subject === "string" ? undefined : renamed.get(moduleFile(subject.viewModule));

/** What was found before of this base of the tree at `root`, under these settings. */
async function openProblems(root: string, { rules, settings, cache, branch }: Comparison) {
  if (!cache) return undefined;
  const { severities = new Map(), exceptions = [] } = settings ?? {};
  return openAnswers<readonly Problem[]>("base", {
    ...{ program: cache.program, root, commit: branch.base, rules: rules?.map(({ id }) => id) },
    ...{ severities: [...severities], exceptions },
  });
}

/** What lint finds of the same integrations on the base, by their names in the tree. */
async function problemsOnBase(
  subjects: readonly Subject[],
  baseTree: BaseTree,
  { rules, settings, branch }: Comparison,
): Promise<ProblemsByName | undefined> {
  const base = await baseTree();
  if (!base) return undefined;
  const formerNames = new Map(
    subjects.flatMap((subject) => {
      const name = nameOf(subject);
      if (base.orphans.includes(name)) return [[name, name] as const];
      if (typeof subject === "string") return [];
      const former = formerIntegration(base.integrations, subject, branch.renamed);
      return former ? [[name, former.name] as const] : [];
    }),
  );
  const names = [...formerNames.values()];
  if (names.length === 0) return new Map();
  const options = { names, ...(rules && { rules }), ...(settings && { settings }) };
  const { problems } = await lint(base, options);
  return new Map(
    [...formerNames].map(([name, former]) => [
      name,
      problems.filter(({ integration }) => integration === former),
    ]),
  );
}
