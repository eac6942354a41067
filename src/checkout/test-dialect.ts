/** How a tree writes webhook tests: read from its `WebhookTestCase` and from some of its tests. */

import { parseModule } from "../python/parse-module.ts";
import type { ClassDefinition } from "../python/syntax.ts";
import type { TestDialect } from "./dialect-model.ts";
import { countMatching, topicVariableIn } from "./samples.ts";

/** The share of tests that state an attribute from which on new tests state it, too. */
const customary = 0.3;

/**
 * @param source Text of `zerver/lib/test_classes.py`; empty when the tree has none.
 * @param samples Texts of some of the tree's webhook tests.
 */
export function readTestDialect(source: string, samples: readonly string[]): TestDialect {
  const base = webhookTestCase(source);
  const known = (pattern: RegExp): string | undefined =>
    base?.attributes.find((attribute) => pattern.test(attribute.target))?.target;
  const required = (attribute: string | undefined): boolean =>
    attribute !== undefined && isRequired(source, attribute, samples);
  const streamAttribute = known(/^(STREAM|CHANNEL)_NAME$/);
  const urlTemplateAttribute = known(/^URL_TEMPLATE$/);
  const directoryAttribute = known(/^(WEBHOOK|FIXTURE)_DIR_NAME$/);
  const check = ["check_webhook", "send_and_test_stream_message"].flatMap(
    (name) => base?.methods.find((method) => method.name === name) ?? [],
  )[0];
  const topicParameter = check?.parameters[2]?.name ?? "expected_topic_name";
  return {
    streamAttribute,
    streamRequired: required(streamAttribute),
    urlTemplateAttribute,
    urlTemplateRequired: required(urlTemplateAttribute),
    directoryAttribute,
    directoryRequired: required(directoryAttribute),
    viewFunctionAttribute: known(/^VIEW_FUNCTION_NAME$/),
    checkMethod: check?.name ?? "check_webhook",
    noopParameter: check?.parameters.find(({ name }) => name.includes("noop"))?.name,
    topicParameter,
    topicVariable:
      topicVariableIn(samples, "expected_topic_name", "expected_topic") ?? topicParameter,
    messageAssertion: /def assert_channel_message\b/.test(source)
      ? "assert_channel_message"
      : "assert_stream_message",
    overrideModule: overrideModuleIn([source, ...samples]),
  };
}

/** The base itself marks what it replaces in trees whose settings ask for that; in others nothing does. */
function overrideModuleIn(texts: readonly string[]): string | undefined {
  const imported = /^from ([\w.]+) import (?:\([^)]*|[^\n(]*)\boverride\b/m;
  const [text = ""] = texts.filter((one) => imported.test(one));
  return imported.exec(text)?.[1];
}

/** Parses that one class only: the file is among the largest of the tree. */
function webhookTestCase(source: string): ClassDefinition | undefined {
  const start = source.search(/^class WebhookTestCase\b/m);
  if (start < 0) return undefined;
  const rest = source.slice(start);
  const next = rest.slice(1).search(/^(class|def|@)\b/m);
  return parseModule(next < 0 ? rest : rest.slice(0, next + 1)).classes[0];
}

/** A test class must state an attribute unless the base works it out, or the tree's own tests do without. */
function isRequired(source: string, attribute: string, samples: readonly string[]): boolean {
  if (new RegExp(`\\b(self|cls)\\.${attribute}\\s*(:[^=\\n]+)?=[^=]`).test(source)) return false;
  // A few tests say nothing about a custom.
  if (samples.length < 3) return true;
  return (
    countMatching(samples, new RegExp(`^ +${attribute}\\b.*=`, "m")) / samples.length >= customary
  );
}
