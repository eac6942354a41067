/** The topic that a view's functions or branches make alike, for one more to make it so. */
import { mostFrequent } from "../../checkout/samples.ts";
import { assignmentsIn } from "../../python/event-syntax.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../../python/source.ts";
import { indentAt } from "../../python/splice.ts";
import type { PythonModule } from "../../python/syntax.ts";

/**
 * The statements by which more than half of some functions or branches make their topic.
 * @param bodies Their bodies.
 * @param variable What holds the topic.
 * @returns The lines without indent; undefined where they differ.
 */
export function sharedTopic(
  module: PythonModule,
  bodies: readonly SyntaxNode[],
  variable: string,
): string | undefined {
  const made = bodies.flatMap((body) => topicIn(module, body, variable) ?? []);
  const most = mostFrequent(made);
  return made.filter((one) => one === most).length * 2 > bodies.length ? most : undefined;
}

/** The statement that sets a variable, below those that set what it uses; undefined where one of them is set in branches. */
function topicIn(module: PythonModule, body: SyntaxNode, variable: string): string | undefined {
  const statements = new Set<SyntaxNode>();
  const wanted = [variable];
  const known = new Set(wanted);
  for (const name of wanted) {
    const [only, ...others] = assignmentsIn(module, body, name);
    if (!only && name !== variable) continue;
    const statement = only?.node.parent;
    const isPlain = statement && [...childrenOf(body)].some(({ from }) => from === statement.from);
    if (!only || !isPlain || others.length > 0 || only.index !== undefined) return undefined;
    statements.add(statement);
    for (const { from, to } of findNodes(only.node, "VariableName")) {
      const used = module.text.slice(from, to);
      if (!known.has(used)) wanted.push(used);
      known.add(used);
    }
  }
  return [...statements]
    .sort((a, b) => a.from - b.from)
    .map((statement) => withoutIndent(module, statement))
    .join("\n");
}

const withoutIndent = ({ text }: PythonModule, { from, to }: SyntaxNode): string =>
  text
    .slice(from, to)
    .replace(/\r/g, "")
    .replaceAll(`\n${indentAt(text, from)}`, "\n");
