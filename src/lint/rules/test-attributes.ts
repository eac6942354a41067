import { stringValue } from "../../python/expression.ts";
import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import { formerEntry } from "../former-entry.ts";
import { testBaseWords } from "../library.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf, placeOfClass } from "../target.ts";
import {
  attributeOf,
  findMethod,
  runsAlone,
  setsAttribute,
  sourceHas,
  type TestClass,
} from "../test-classes.ts";
import type { TestFile } from "../test-file.ts";

export const testAttributes: Rule = {
  id: "test-attributes",
  part: "tests",
  severity: "error",
  summary:
    "The test class states the attributes that the tree's test base needs, with the right values.",
  why: "The test base uses them to build the URL, find the fixtures and subscribe the bot; a wrong value tests another integration or nothing.",
  howToFix: "Set the attribute in the finding to the value in the finding.",
  needsEntry: false,
  async check(target) {
    const tests = target.tests();
    if (!tests) return [];
    // A test that still sends there is right; `url-kept` says that the entry is not.
    const formerUrl = (await formerEntry(target))?.url;
    return tests.classes.filter(runsAlone).flatMap((testClass) => {
      const found = [
        ...checkStream(target, tests, testClass),
        ...checkUrl(target, tests, testClass, formerUrl),
        ...checkDirectory(target, tests, testClass),
      ];
      // One that stands under another version's name is said once.
      return found.length > 0 ? found : checkUnread(target, tests, testClass);
    });
  },
};

/** Attributes of other versions of the test base, which are copied from test to test. */
function checkUnread(target: LintTarget, tests: TestFile, testClass: TestClass): Finding[] {
  const words = testBaseWords(target);
  if (!words?.has("WebhookTestCase")) return [];
  return testClass.definition.attributes.flatMap(({ target: name, from }): Finding[] => {
    if (!/^[A-Z][A-Z_]+$/.test(name) || words.has(name)) return [];
    if (tests.module.text.split(new RegExp(`\\b${name}\\b`)).length !== 2) return [];
    const message = `Nothing reads \`${name}\`: neither the tests nor the tree's test base.`;
    const place = placeOf(tests.module, from);
    return [{ path: tests.path, ...place, severity: "warning", message, fix: "Remove it." }];
  });
}

function missing(tests: TestFile, testClass: TestClass, line: string, why: string): Finding {
  const { name } = testClass.definition;
  const [attribute = ""] = line.split(" ");
  return {
    path: tests.path,
    ...placeOfClass(tests.module, testClass.definition),
    message: `\`${name}\` does not state \`${attribute}\`, ${why}.`,
    fix: `Add \`${line}\` to the class.`,
  };
}

/** `check_webhook` subscribes the bot to the class's stream and fails when there is none. */
function checkStream(target: LintTarget, tests: TestFile, testClass: TestClass): Finding[] {
  const { streamAttribute, streamRequired } = target.checkout.dialect.tests;
  if (!streamAttribute || !streamRequired) return [];
  if (setsAttribute(tests.module, testClass, streamAttribute)) return [];
  if (!sourceHas(tests.module, testClass, /\bself\.check_webhook\(/)) return [];
  const line = `${streamAttribute} = "${target.integration.streamName}"`;
  return [missing(tests, testClass, line, "which `check_webhook` needs")];
}

function checkUrl(
  target: LintTarget,
  tests: TestFile,
  testClass: TestClass,
  formerUrl: string | undefined,
): Finding[] {
  const { urlTemplateAttribute, urlTemplateRequired } = target.checkout.dialect.tests;
  if (!urlTemplateAttribute || findMethod(testClass, "build_webhook_url")) return [];
  const stated = attributeOf(testClass, urlTemplateAttribute);
  const wanted = `/${target.integration.url}?stream={stream}&api_key={api_key}`;
  if (!stated) {
    if (!urlTemplateRequired || setsAttribute(tests.module, testClass, urlTemplateAttribute))
      return [];
    const line = `${urlTemplateAttribute} = "${wanted}"`;
    return [missing(tests, testClass, line, "so it has no URL to send to")];
  }
  const template = stringValue(stated);
  if (template !== undefined && !/\bapi_key=/.test(template) && asksForKey(target)) {
    return [
      {
        path: tests.path,
        ...placeOf(tests.module, stated.from),
        message: `\`${urlTemplateAttribute}\` has no API key, without which the view refuses every request.`,
        fix: "Add `api_key={api_key}` to it.",
      },
    ];
  }
  const path = template?.split("?")[0]?.replace(/^\//, "");
  if (
    path === undefined ||
    path === formerUrl ||
    target.folderMates.some(({ url }) => url === path)
  )
    return [];
  return [
    {
      path: tests.path,
      ...placeOf(tests.module, stated.from),
      message: `\`${urlTemplateAttribute}\` sends to /${path}, which is not this integration's URL.`,
      fix: `Let it start with \`/${target.integration.url}\`.`,
    },
  ];
}

/** Whether the view's decorator takes the key from the URL. */
function asksForKey(target: LintTarget): boolean {
  const view = target.view();
  const definition = view && viewFunctionOf(view, target.integration.functionName);
  const declaration = definition && clientDeclaration(definition);
  return /webhook_view$/.test(declaration?.decorator.name ?? "");
}

function checkDirectory(target: LintTarget, tests: TestFile, testClass: TestClass): Finding[] {
  const { directoryAttribute } = target.checkout.dialect.tests;
  if (!directoryAttribute) return [];
  const stated = attributeOf(testClass, directoryAttribute);
  const { directoryName } = target.integration;
  if (!stated) return checkUndirected(target, tests, testClass, directoryAttribute);
  const value = stringValue(stated);
  if (value === undefined) return [];
  if (value === directoryName) return checkFunction(target, tests, testClass);
  return [
    {
      path: tests.path,
      ...placeOf(tests.module, stated.from),
      message: `\`${directoryAttribute}\` is "${value}", but the folder is "${directoryName}".`,
      fix: `Write \`${directoryAttribute} = "${directoryName}"\`.`,
    },
  ];
}

/** The test base's own `get_body` reads the fixture from the stated folder and fails when there is none. */
function checkUndirected(
  target: LintTarget,
  tests: TestFile,
  testClass: TestClass,
  attribute: string,
): Finding[] {
  if (!target.checkout.dialect.tests.directoryRequired) return [];
  if (setsAttribute(tests.module, testClass, attribute)) return [];
  if (findMethod(testClass, "get_body") || findMethod(testClass, "get_payload")) return [];
  if (!tests.usesBy.get(testClass)?.some(({ source }) => source === "own")) return [];
  const line = `${attribute} = "${target.integration.directoryName}"`;
  return [missing(tests, testClass, line, "so its fixtures are not found")];
}

/** The test base imports `api_<folder>_webhook` unless it is told another name. */
function checkFunction(target: LintTarget, tests: TestFile, testClass: TestClass): Finding[] {
  const { viewFunctionAttribute } = target.checkout.dialect.tests;
  if (!viewFunctionAttribute || !target.registered) return [];
  const stated = attributeOf(testClass, viewFunctionAttribute);
  const { directoryName, functionName } = target.integration;
  const wanted = stated ? stringValue(stated) : `api_${directoryName}_webhook`;
  const known = target.folderMates.map((mate) => mate.functionName);
  if (wanted === undefined || known.includes(wanted)) return [];
  const line = `${viewFunctionAttribute} = "${functionName}"`;
  if (!stated) {
    const why = `and the test base looks for \`${wanted}\``;
    return [missing(tests, testClass, line, why)];
  }
  const message = `\`${viewFunctionAttribute}\` is "${wanted}", but the view is \`${functionName}\`.`;
  return [
    {
      path: tests.path,
      ...placeOf(tests.module, stated.from),
      message,
      fix: `Write \`${line}\`.`,
    },
  ];
}
