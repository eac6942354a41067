/** The message with where its thing is, if nothing else says that. */
import type { EventContent, Fact, Leaf } from "../../payload/index.ts";
import { type Body, type Parts, usesOf, usesOfBody } from "../message.ts";
import { eventBody } from "./body.ts";
import type { MessageContext } from "./context.ts";
import { Variables } from "./variables.ts";

/** The message, with what neither its sentence nor its topic tells of where the thing is. */
export function wholeBody(context: MessageContext, functionName: string, topic: Parts): Body {
  const { content } = context;
  const body = eventBody(context, functionName);
  const shown = new Set(
    [...usesOf(topic), ...usesOfBody(body)].flatMap((use) =>
      use.use === "field" ? [JSON.stringify(use.path)] : [],
    ),
  );
  const isLinked = usesOfBody(body).some(({ use }) => use === "link");
  const untold = placesOf(content).filter(
    ({ leaf, link }) => !shown.has(JSON.stringify(leaf.path)) || (link && !isLinked),
  );
  if (untold.length === 0) return body;
  const details = [...untold, ...content.details];
  return eventBody(
    { ...context, content: { ...content, details }, variables: new Variables() },
    functionName,
  );
}

/** What a thing belongs to and which branch it is on, as facts. */
function placesOf({ group, branch, number }: EventContent): Fact[] {
  const facts: Fact[] = [];
  // A key such as PRESS-12 names the project by itself.
  const isNamed = number?.samples.every((text) => /^[A-Z][A-Z0-9]*-\d+$/.test(text));
  if (group && !isNamed) {
    const { name, link } = group;
    const label = roleLabel(name);
    facts.push({ label, leaf: name, meaning: "text", ...(link && { link }) });
  }
  if (branch) facts.push({ label: "branch", leaf: branch, meaning: "branch" });
  return facts;
}

const roleLabel = ({ key, parent }: Leaf): string =>
  parent !== "" && /^(name|full_name|display_name|title|slug|label|summary|path)$/.test(key)
    ? parent
    : key.replace(/_(name|title)$/, "");
