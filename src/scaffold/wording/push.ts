/** The sentence of a push of commits. */
import type { Leaf } from "../../payload/index.ts";
import type { Parts, Table } from "../message.ts";
import { type MessageContext, who } from "./context.ts";
import { listPlace } from "./list.ts";
import { groupOf, isSureGroup } from "./thing.ts";

/** Whether the event is a push of commits. */
export function isPush({ content, words }: MessageContext): boolean {
  // Who brings commits, and says no more, has pushed them.
  const isPlace =
    !words?.noun || /^(repository|repo|project|commit|notification)$/.test(words.noun);
  const isUnsaid = !content.action && !words?.verb && isPlace && content.list?.key === "commits";
  const pushed = isUnsaid || words?.tokens.includes("push") || words?.tokens.includes("pushed");
  // What ran for a push tells how it went.
  if (content.state?.samples.every((text) => outcomes.test(text))) return false;
  return Boolean(pushed && (content.branch ?? content.list?.key === "commits"));
}

const outcomes = /^(passed|failed|success|successful|succeeded|failure|error(ed)?|fixed|broken)$/i;

/** The sentence of a push, without the mark at its end. */
export function pushSentence(context: MessageContext): Parts {
  const { content, variables } = context;
  const { list, branch, pushed, comparison } = content;
  const counted = !pushed && list && !list.optional && list.key === "commits";
  const what: Parts = counted ? [" ", variables.count(listPlace(list), "commit")] : [];
  const group = groupOf(context);
  const to = group && isSureGroup(context) ? [" to ", ...group] : [];
  const preposition = pushed ? " " : " to ";
  const named = (ref: Leaf, name: string): Parts => [
    `${preposition}${content.mayBeTag ? "" : kindOfRef(ref)}\``,
    variables.field(name, ref, "branch"),
    "`",
  ];
  const { formerBranch } = content;
  const where: Parts = branch
    ? variables.optional(
        [branch],
        named(branch, "branch"),
        formerBranch ? named(formerBranch, "former_branch") : to,
      )
    : to;
  const clause: Parts = pushed
    ? [variables.field("push_action", pushed, { table: pushTable(pushed) })]
    : ["pushed"];
  const verb: Parts = comparison
    ? variables.optional(
        [comparison],
        [" [", ...clause, "](", variables.field("compare_url", comparison), ")"],
        [" ", ...clause],
      )
    : [" ", ...clause];
  return [...who(context), ...verb, ...what, ...where];
}

/** What a reference names, with a space behind it; nothing where captured ones name both. */
function kindOfRef({ samples }: Leaf): string {
  const tags = samples.filter((text) => text.startsWith("refs/tags/")).length;
  if (tags === 0) return "branch ";
  return tags === samples.length ? "tag " : "";
}

/** Git says by zeros in the place of a commit's hash that there is nothing any more. */
const pushTable = ({ samples }: Leaf): Table => ({
  name: "PUSHES",
  entries: Object.fromEntries(
    samples.filter((text) => /^0+$/.test(text)).map((text) => [text, "deleted"]),
  ),
  otherwise: "pushed to",
});
