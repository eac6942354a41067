/** `tests.py` of a new integration. */
import type { TestDialect } from "../../checkout/dialect-model.ts";
import type { Checkout } from "../../checkout/model.ts";
import { type BodyFormat, type JsonPath, listOf } from "../../payload/index.ts";
import { djangoHeader } from "../../python/fixture-headers.ts";
import { ImportList } from "../../python/import-list.ts";
import { writeMultilineString, writeString } from "../../python/strings.ts";
import type { ViewDraft } from "../draft.ts";
import { classNameOf } from "../names.ts";
import { fillTemplate } from "../template.ts";
import { testBodyOf } from "./bodies.ts";
import { formatPython } from "./format.ts";
import { type AuthStyle, integrationTemplate, UNKNOWN_SHAPE } from "./view-file.ts";

/** What a view sends for a fixture. */
export interface Told {
  /** The fixture's name without its extension. */
  readonly fixture: string;
  readonly topic: string;
  readonly content: string;
  /** How the fixture says what it says. */
  readonly format: BodyFormat;
}

/** A fixture of which it is not known what the view sends has only its name. */
type TestCase = Told | Pick<Told, "fixture" | "format">;

export interface TestsFileInput {
  readonly checkout: Checkout;
  readonly name: string;
  readonly displayName: string;
  readonly streamName: string;
  readonly auth: AuthStyle;
  readonly draft: ViewDraft;
  readonly cases: readonly TestCase[];
}

const BASIC_CREDENTIALS = "HTTP_AUTHORIZATION=self.encode_user(self.test_user)";
const UNSUPPORTED = "unsupported_event";

/** Writes `tests.py` in the tree's dialect: a test for each fixture, and one for an event the view does not know. */
export async function writeTestsFile(input: TestsFileInput): Promise<string> {
  const { checkout, draft, cases, auth } = input;
  const { view } = checkout.dialect;
  const bodyOf = ({ format }: Pick<Told, "format">) => testBodyOf(format, input.name, view);
  const tests = cases.map((test) =>
    writeTest(test, auth, checkout.dialect.tests, bodyOf(test).contentType),
  );
  const first = bodyOf(cases[0] ?? { format: { kind: "json" } });
  const { helper, malformed, contentType = "application/json" } = first;
  const requestWith = (path: JsonPath): string =>
    requestOf(first.bodyWith(path, UNSUPPORTED), contentType);
  const isOfShape = /shape|rules/.test(draft.source.kind) && !namingPath(draft);
  const imports = new ImportList().add("zerver.lib.test_classes", "WebhookTestCase");
  if (helper !== undefined) imports.add("zerver.lib.webhooks.common", helper);
  const method = marked(first.method, checkout.dialect.tests, imports);
  const source = fillTemplate(integrationTemplate("tests.py"), {
    flags: {
      events: draft.source.kind !== "none",
      header: draft.source.kind === "header",
      basic: auth === "basic",
      body: method !== undefined,
      malformed: malformed !== undefined,
      shapes: namingPath(draft) !== undefined,
    },
    blocks: {
      imports: imports.write(),
      attributes: writeAttributes(input),
      tests: tests.join("\n\n"),
      method: method ?? "",
      request: requestWith(unknownEventPath(draft)),
      "shapeless request": requestWith(unknownShapePath(draft)),
      "malformed request": requestOf(malformed?.body ?? "", contentType),
      "header argument": `            ${headerArgument(draft)}`,
    },
    words: {
      UNSUPPORTED_EVENT: isOfShape ? UNKNOWN_SHAPE : UNSUPPORTED,
      UNKNOWN_SHAPE,
      MALFORMED_ERROR: malformed?.error ?? "",
      CLASS_NAME: classNameOf(input.displayName, input.name),
      UNSUPPORTED_TEST: cases.some(({ fixture }) => fixture === UNSUPPORTED)
        ? "test_event_without_function"
        : "test_unsupported_event",
    },
  });
  return formatPython(source, checkout.dialect.registry.lineLength);
}

/** A method in the place of one of the test base, as the tree marks those. */
function marked(
  method: string | undefined,
  { overrideModule }: TestDialect,
  imports: ImportList,
): string | undefined {
  if (method === undefined || overrideModule === undefined) return method;
  imports.add(overrideModule, "override");
  return `    @override\n${method}`;
}

/** The arguments of a test's request. */
const requestOf = (body: string, contentType: string): string =>
  `            ${body},\n            content_type=${writeString(contentType)},`;

/** Where the test's request names an event that the view does not know. */
function unknownEventPath(draft: ViewDraft): JsonPath {
  const { source } = draft;
  return source.kind === "key" ? source.path : (namingPath(draft) ?? unknownShapePath(draft));
}

/** Where the test's request has a key that the view does not know. */
function unknownShapePath({ source }: ViewDraft): JsonPath {
  const list = listOf(source);
  return list ? [...list, 0, UNSUPPORTED] : [];
}

/** Where some payloads name their event, of which others have only a shape. */
const namingPath = ({ source }: ViewDraft): JsonPath | undefined =>
  source.kind === "rules" ? source.rules.find(({ name }) => name === undefined)?.path : undefined;

function writeAttributes({ checkout, name, streamName, auth }: TestsFileInput): string {
  const { tests } = checkout.dialect;
  const key = auth === "basic" ? "" : "&api_key={api_key}";
  const lines: string[] = [];
  const add = (attribute: string | undefined, value: string): void => {
    if (attribute !== undefined) lines.push(`    ${attribute} = ${writeString(value)}`);
  };
  if (tests.streamRequired) add(tests.streamAttribute, testStream(streamName, name));
  if (tests.urlTemplateRequired || auth === "basic") {
    add(tests.urlTemplateAttribute, `/api/v1/external/${name}?stream={stream}${key}`);
  }
  if (tests.directoryRequired) add(tests.directoryAttribute, name);
  return lines.join("\n");
}

/** The test base puts the stream's name into a URL as it is, so only a plain one will do. */
function testStream(streamName: string, name: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(streamName) && !/^\d+$/.test(streamName) ? streamName : name;
}

/** What a test expects until somebody says it: `test --record` finds it there and puts it right. */
const TO_DO = { topic: "TODO: the topic", content: "TODO: what test --record will write here" };

function writeTest(
  test: TestCase,
  auth: AuthStyle,
  { checkMethod, topicVariable }: TestDialect,
  contentType: string | undefined,
): string {
  const { fixture, topic, content } = { ...TO_DO, ...test };
  const type = contentType === undefined ? "" : `, content_type=${writeString(contentType)}`;
  const credentials = `${type}${auth === "basic" ? `, ${BASIC_CREDENTIALS}` : ""}`;
  return [
    `    def test_${fixture}(self) -> None:`,
    `        ${topicVariable} = ${writeString(topic)}`,
    `        expected_message = ${writeText(content)}`,
    `        self.${checkMethod}(${writeString(fixture)}, ${topicVariable}, expected_message${credentials})`,
  ].join("\n");
}

function writeText(text: string): string {
  // Several lines read best as they are, unless their own quotes would need escapes.
  const standsAsIs = text.includes("\n") && !text.includes('"""');
  return standsAsIs ? writeMultilineString(text) : writeString(text);
}

function headerArgument({ source }: ViewDraft): string {
  if (source.kind !== "header") return "";
  return `${djangoHeader(source.header)}=${writeString(UNSUPPORTED)},`;
}
