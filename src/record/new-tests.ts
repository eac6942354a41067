/** Writes tests for fixtures that have none into an author's `tests.py`. */

import type { TestDialect } from "../checkout/dialect-model.ts";
import type { Fixture } from "../checkout/model.ts";
import { type Delivery, unsupportedEvent } from "../engine/index.ts";
import { applyEdits } from "../python/edit.ts";
import { callsIn } from "../python/module.ts";
import { lineBreakOf } from "../python/source.ts";
import { indentAt } from "../python/splice.ts";
import { writeMultilineString, writeString } from "../python/strings.ts";
import type { ClassDefinition, PythonModule } from "../python/syntax.ts";
import { TOO_LONG } from "./expectation.ts";

/** What a delivered fixture led to, as a test would state it. */
export type Outcome =
  | { kind: "message"; topic: string; content: string }
  | { kind: "nothing" }
  /** A person has to write this one. */
  | { kind: "unclear"; reason: string }
  /** The view does not know the event. A test would say that this is right. */
  | { kind: "unsupported"; reason: string };

/** What a delivery means for a test. */
export function outcomeOf(delivery: Delivery): Outcome {
  const { response, messages, error } = delivery;
  const event = unsupportedEvent(delivery);
  if (event !== undefined)
    return { kind: "unsupported", reason: `the view does not handle the event "${event}"` };
  if (error) return { kind: "unclear", reason: `the view raised ${error.type}` };
  if (response.status !== 200) {
    return { kind: "unclear", reason: `the view answered with status ${response.status}` };
  }
  const [message] = messages;
  if (!message) return { kind: "nothing" };
  if (messages.length > 1) {
    return { kind: "unclear", reason: `it leads to ${messages.length} messages` };
  }
  if (message.type === "direct") return { kind: "unclear", reason: "it leads to a direct message" };
  if (message.cut) return { kind: "unclear", reason: TOO_LONG };
  return { kind: "message", topic: message.topic ?? "", content: message.content };
}

export interface NewTest {
  fixture: Fixture;
  outcome: Outcome;
}

/** A test that was put into the text, or why it was not. */
export type WrittenTest = { fixture: string; test: string } | { fixture: string; reason: string };

/**
 * Puts tests at the end of the file's test class.
 * @param module The parsed `tests.py`, without syntax errors.
 * @returns The new text, the same where there was nothing to put in.
 */
export function addTests(
  module: PythonModule,
  tests: readonly NewTest[],
  dialect: TestDialect,
): { text: string; written: WrittenTest[] } {
  const written: WrittenTest[] = [];
  const owner = testClassOf(module);
  const last = owner?.methods.at(-1) ?? owner?.attributes.at(-1);
  const taken = new Set(owner?.methods.map(({ name }) => name));
  let added = "";
  for (const { fixture, outcome } of tests) {
    const reason = owner && last ? refusal(owner, fixture, outcome, dialect) : NO_CLASS;
    if (reason !== undefined || !owner || !last) {
      written.push({ fixture: fixture.file, reason: reason ?? NO_CLASS });
      continue;
    }
    const name = freeName(fixture.name, taken);
    taken.add(name);
    const indent = indentAt(module.text, last.from);
    const extra = sharedArguments(module, owner);
    added += `\n${writeTest({ name, fixture: fixture.name, outcome, indent, extra, dialect })}`;
    written.push({ fixture: fixture.file, test: name });
  }
  if (added === "" || !last) return { text: module.text, written };
  const at = endOfLine(module.text, last.to);
  const lead = at > 0 && module.text[at - 1] !== "\n" ? "\n" : "";
  const insert = (lead + added).replaceAll("\n", lineBreakOf(module.text));
  return { text: applyEdits(module.text, [{ from: at, to: at, insert }]), written };
}

const NO_CLASS = "tests.py has no test class that calls check_webhook or is a WebhookTestCase";

function testClassOf({ classes, text }: PythonModule): ClassDefinition | undefined {
  const direct = classes.find(({ bases }) =>
    bases.some((base) => base.split(".").at(-1) === "WebhookTestCase"),
  );
  return direct ?? classes.find(({ node }) => callsIn(text, node).some(isCheck));
}

/** `check_webhook`, or what it was called before September 2020. */
const isCheck = ({ callee }: { callee: string }): boolean =>
  callee === "self.check_webhook" || callee === "self.send_and_test_stream_message";

/** The test base reads `.json` unless the class has a way of its own. */
function refusal(
  { methods }: ClassDefinition,
  { extension }: Fixture,
  outcome: Outcome,
  { noopParameter }: TestDialect,
): string | undefined {
  if (outcome.kind === "unclear" || outcome.kind === "unsupported") return outcome.reason;
  if (outcome.kind === "nothing" && noopParameter === undefined)
    return "the test base of this tree cannot expect that nothing is sent";
  const reads = methods.some(({ name }) => name === "get_body" || name === "get_payload");
  if (extension === "json" || reads) return undefined;
  return `its class reads .json fixtures only; give it a get_body that reads .${extension}`;
}

function freeName(fixture: string, taken: ReadonlySet<string>): string {
  const base = `test_${fixture.replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^_+|(?<!_)_+$/g, "") || "fixture"}`;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${base}_${number}`)) return `${base}_${number}`;
  }
}

/** Arguments by name that every check of the class gives alike, such as its content type. */
function sharedArguments({ text }: PythonModule, owner: ClassDefinition): string[] {
  const checks = callsIn(text, owner.node).filter(isCheck);
  const [first, ...others] = checks.map(({ args }) =>
    args
      .filter(({ name }) => name !== undefined && /^(content_type|HTTP_[A-Z_]+)$/.test(name))
      .map(({ from, to }) => text.slice(from, to)),
  );
  return (first ?? []).filter((argument) => others.every((list) => list.includes(argument)));
}

interface TestText {
  name: string;
  fixture: string;
  outcome: Outcome;
  indent: string;
  extra: readonly string[];
  dialect: TestDialect;
}

function writeTest({ name, fixture, outcome, indent, extra, dialect }: TestText): string {
  const topic = dialect.topicParameter;
  const inner = `${indent}    `;
  const head = `${indent}def ${name}(self) -> None:\n`;
  const check = (words: readonly string[]): string =>
    `${inner}self.${dialect.checkMethod}(${[writeString(fixture), ...words, ...extra].join(", ")})\n`;
  if (outcome.kind !== "message") return head + check([`${dialect.noopParameter}=True`]);
  return [
    head,
    `${inner}${topic} = ${writeString(outcome.topic)}\n`,
    `${inner}expected_message = ${writeText(outcome.content)}\n`,
    check([topic, "expected_message"]),
  ].join("");
}

function writeText(text: string): string {
  // Several lines read best as they are, unless their own quotes would need escapes.
  const standsAsIs = text.includes("\n") && !text.includes('"""');
  return standsAsIs ? writeMultilineString(text) : writeString(text);
}

function endOfLine(text: string, offset: number): number {
  // A definition's node may end at the line break that closes it.
  const from = text[offset - 1] === "\n" ? offset - 1 : offset;
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}
