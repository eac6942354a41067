/** Test files. */

import type { TestDialect } from "../../checkout/dialect-model.ts";
import { callsIn } from "../../python/module.ts";
import { findNodes, lineBreakOf } from "../../python/source.ts";
import { indentAt, lineRange } from "../../python/splice.ts";
import { writeString } from "../../python/strings.ts";
import type { ClassDefinition } from "../../python/syntax.ts";
import { convertPython, type Destination, renameArguments } from "./python.ts";
import type { TravellingSource } from "./source.ts";
import type { TreeNames } from "./tree-names.ts";
import { otherNames } from "./vocabulary.ts";

/** What every test case has, whether or not a tree overrides it. */
const OF_UNITTEST =
  /^(assert[A-Z]\w*|setUp|tearDown|subTest|skipTest|addCleanup|enterContext|fail)$/;
const TEST_BASE = "zerver.lib.test_classes";

export interface TestsOrigin {
  readonly dialect: TestDialect;
  readonly names: TreeNames;
  /** The integration's name, folder and default stream. */
  readonly integration: { name: string; directoryName: string; streamName: string; url: string };
}

/** Converts `tests.py`, or another test module. */
export async function convertTests(
  source: TravellingSource,
  from: TestsOrigin,
  to: Destination,
): Promise<void> {
  const dialect = to.checkout.dialect.tests;
  renameAttributes(source, from.dialect, dialect);
  renameTopic(source, from.dialect, dialect);
  source.apply();
  completeAttributes(source, from, dialect);
  source.apply();
  await convertMethods(source, from.names, to.names);
  source.apply();
  await convertPython(source, to);
}

/** `STREAM_NAME` is `CHANNEL_NAME` elsewhere; both stand in class bodies and behind `self`. */
function renameAttributes(source: TravellingSource, from: TestDialect, to: TestDialect): void {
  const before = from.streamAttribute;
  const now = to.streamAttribute;
  if (before === undefined || now === undefined || before === now) return;
  const nodes = findNodes(source.module.root, "VariableName", "PropertyName");
  for (const node of nodes) if (source.slice(node) === before) source.replace(node, now);
}

/** The tests' own variables follow the name of the parameter that they are for. */
function renameTopic(source: TravellingSource, from: TestDialect, to: TestDialect): void {
  const before = from.topicParameter;
  const now = to.topicParameter;
  const nodes = findNodes(source.module.root, "VariableName");
  const texts = nodes.map((node) => source.slice(node));
  const wanted = before !== now && texts.includes(before) && !texts.includes(now);
  if (!wanted) return;
  for (const node of nodes) if (source.slice(node) === before) source.replace(node, now);
}

/** Leaves out what the target's base does not know, and states what it needs. */
function completeAttributes(
  source: TravellingSource,
  { integration, dialect: from }: TestsOrigin,
  to: TestDialect,
): void {
  const { name, directoryName, streamName, url } = integration;
  const needs: [attribute: string | undefined, required: boolean, value: string][] = [
    [to.streamAttribute, to.streamRequired, streamName],
    [to.urlTemplateAttribute, to.urlTemplateRequired, urlTemplate(url)],
    [to.directoryAttribute, to.directoryRequired, directoryName],
  ];
  const gone = [from.streamAttribute, from.urlTemplateAttribute, from.directoryAttribute].filter(
    (one) => one !== undefined && !needs.some(([known]) => known === one),
  );
  for (const definition of source.module.classes) {
    if (!definition.bases.includes("WebhookTestCase")) continue;
    const stated = definition.attributes.map(({ target }) => target);
    for (const attribute of definition.attributes) {
      if (!gone.includes(attribute.target) || usesSelf(source, attribute.target)) continue;
      source.replace(lineRange(source.text, attribute.from), "");
    }
    const lines = needs.flatMap(([attribute, required, value]) =>
      attribute !== undefined && required && !stated.includes(attribute)
        ? [`${attribute} = ${writeString(value)}`]
        : [],
    );
    insertFirst(source, definition, lines, name);
  }
}

function urlTemplate(url: string): string {
  return `/${url}?stream={stream}&api_key={api_key}`;
}

function usesSelf(source: TravellingSource, attribute: string): boolean {
  return new RegExp(`\\b(self|cls)\\.${attribute}\\b`).test(source.text);
}

function insertFirst(
  source: TravellingSource,
  definition: ClassDefinition,
  lines: readonly string[],
  name: string,
): void {
  if (lines.length === 0) return;
  const [first] = [...definition.attributes, ...definition.methods].sort((a, b) => a.from - b.from);
  if (!first) {
    source.note(definition.from, `the class of ${name} has no body to add ${lines.join(", ")} to`);
    return;
  }
  const lineBreak = lineBreakOf(source.text);
  const indent = indentAt(source.text, first.from);
  const at = lineRange(source.text, first.from).from;
  const gap = definition.attributes.some(({ from }) => from === first.from) ? "" : lineBreak;
  const insert = lines.map((line) => indent + line + lineBreak).join("") + gap;
  source.edit({ from: at, to: at, insert });
}

/** Follows the methods of the test base: what they are called, and what their arguments are called. */
async function convertMethods(
  source: TravellingSource,
  from: TreeNames,
  to: TreeNames,
): Promise<void> {
  const before = await from.methodsOf(TEST_BASE);
  const now = await to.methodsOf(TEST_BASE);
  const own = new Set(source.module.classes.flatMap((one) => one.methods.map(({ name }) => name)));
  for (const call of callsIn(source.text, source.module.root)) {
    const method = /^self\.(\w+)$/.exec(call.callee)?.[1];
    if (method === undefined || own.has(method) || now.has(method) || !before.has(method)) continue;
    if (OF_UNITTEST.test(method)) continue;
    const other = otherNames(method).find((candidate) => now.has(candidate));
    const at = call.from + "self.".length;
    if (other !== undefined) source.replace({ from: at, to: at + method.length }, other);
    else source.note(at, `the test base of this tree has no ${method}`);
  }
  source.apply();
  renameArguments(source, (callee) => {
    const method = /^self\.(\w+)$/.exec(callee)?.[1];
    return method === undefined || own.has(method) ? undefined : now.get(method);
  });
}
