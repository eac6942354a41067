/** Facts below the sentence of a message: a line for each. */
import type { Fact, JsonPath, Leaf } from "../../payload/index.ts";
import type { Parts, Passage } from "../message.ts";
import { yesOrNo } from "./codes.ts";
import { labelOf } from "./label.ts";
import { needsOf as pathsNeeded, type Variables } from "./variables.ts";

/**
 * The line of a fact.
 * @param only When it is told; what the author chose always is.
 */
export function factPassages(
  fact: Fact,
  variables: Variables,
  only: Pick<Passage, "only"> = {},
): Passage[] {
  const { leaf, second, by, label } = fact;
  const condition = fact.isChosen ? {} : only;
  const value: Passage = {
    parts: factParts(fact, variables),
    ...needsOf(second ? [leaf, second] : [leaf]),
    ...(fact.meaning === "flag" && { needs: toFlag(leaf) }),
    ...(isAskedByKey(fact) && askingForKey(leaf)),
    ...condition,
  };
  if (!by) return [value];
  const author: Parts = [" by ", variables.field(`${label}_author`, by)];
  return [value, { parts: author, ...needsOf([leaf, by]), ...condition }];
}

/** What has to be there for text that tells of fields. */
export function needsOf(leaves: readonly Leaf[]): Pick<Passage, "needs"> {
  const needs = pathsNeeded(leaves);
  return needs.length > 0 ? { needs } : {};
}

/** A flag is told where it is true, which is what asking for it asks. */
const toFlag = ({ optional, path }: Leaf): readonly JsonPath[] =>
  optional.some(({ length }) => length === path.length) ? optional : [...optional, path];

const isAskedByKey = ({ leaf, meaning }: Fact): boolean =>
  leaf.isAskedByKey === true || (meaning === "yes or no" && leaf.kind === "boolean");

/** What may lack is asked for by its key: that it is not so would pass for its absence. */
function askingForKey({ optional, path }: Leaf): Pick<Passage, "needs" | "has"> {
  const above = optional.filter(({ length }) => length < path.length);
  return above.length < optional.length ? { needs: above, has: path } : {};
}

function factParts(fact: Fact, variables: Variables): Parts {
  const { label, leaf, meaning, link } = fact;
  const start = `\n* **${labelOf(label)}:** `;
  if (meaning === "page")
    return [`\n* [${labelOf(label)}](`, variables.field(`${label}_url`, leaf), ")"];
  if (meaning === "flag") return [`${start}yes`];
  if (link && meaning === "text" && !fact.second)
    return [start, variables.link([variables.field(label, leaf, firstLine(leaf))], link, label)];
  return [start, ...valueParts(fact, variables)];
}

const firstLine = ({ samples }: Leaf): "first line" | undefined =>
  samples.some((text) => text.includes("\n")) ? "first line" : undefined;

/** The value of a fact, with its unit or the marks that make a moment of it. */
export function valueParts({ label, leaf, meaning, second }: Fact, variables: Variables): Parts {
  if (meaning === "sum" && second) return [variables.money(leaf, second)];
  if (second) return [variables.field(label, leaf), " ", variables.field(second.key, second)];
  if (firstLine(leaf)) return [variables.field(label, leaf, "first line")];
  if (meaning === "iso time") return ["<time:", variables.field(label, leaf), ">"];
  if (meaning === "seconds since 1970" || meaning === "milliseconds since 1970") {
    const shown = meaning === "seconds since 1970" ? "seconds" : "milliseconds";
    return ["<time:", variables.field(label, leaf, shown), ">"];
  }
  if (meaning === "yes or no") {
    const shown = leaf.kind === "boolean" ? "yes or no" : { table: yesOrNo(leaf) };
    return [variables.field(label, leaf, shown)];
  }
  if (meaning === "unclear sum") return [variables.field(label, leaf, meaning)];
  if (meaning === "percent") return [variables.field(label, leaf), "%"];
  if (meaning === "page") return [variables.field(label, leaf)];
  if (meaning === "branch") return ["`", variables.field(label, leaf, "branch"), "`"];
  const value = variables.field(label, leaf, "words");
  const unit = units[meaning];
  return unit === undefined ? [value] : [value, ` ${unit}`];
}

const units: Readonly<Partial<Record<Fact["meaning"], string>>> = {
  minutes: "minutes",
  seconds: "seconds",
  milliseconds: "ms",
  hours: "hours",
  days: "days",
  bytes: "bytes",
  KB: "KB",
  MB: "MB",
  GB: "GB",
};
