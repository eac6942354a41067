/** How a drafted view, and its tests, read and write the body of a request: JSON, a form or XML. */
import type { ViewDialect } from "../../checkout/dialect-model.ts";
import type { BodyFormat, JsonPath, Payload } from "../../payload/index.ts";
import { extensionOf, fixtureBytes } from "../../payload/index.ts";
import type { ImportList } from "../../python/import-list.ts";
import { writeString } from "../../python/strings.ts";
import { writeAccess } from "./access.ts";

/** What the view does with a body. */
export interface BodyReading {
  /** The decorator that reads parameters; empty where the view reads the body itself. */
  readonly decorator: string;
  /** The parameter that holds the payload; empty where there is none. */
  readonly parameter: string;
  /** Lines that make the payload; empty where a parameter is it. */
  readonly lines: string;
  /** The function that the lines call; none for most bodies. */
  readonly functions: readonly string[];
}

/**
 * The view's reading of a body, and the imports of it.
 * @param payloads Bodies of one format, at least one.
 */
export function readingOf(
  payloads: readonly Payload[],
  view: ViewDialect,
  imports: ImportList,
): BodyReading {
  const format = payloads[0]?.format ?? { kind: "json" };
  if (format.kind === "form" || format.kind === "xml") {
    if (view.library.wildValue) imports.add("zerver.lib.validator", "wrap_wild_value");
    const isXml = format.kind === "xml";
    if (isXml) addXmlImports(view, imports);
    return {
      decorator: "",
      parameter: "",
      lines: isXml
        ? readXml(wrapped("get_fields(root)", view))
        : `    payload = ${wrapped(fieldsOfForm(payloads), view)}\n`,
      functions: isXml ? [writeFieldsFunction(view)] : [],
    };
  }
  const field = format.kind === "json field" ? format.field : undefined;
  const decorator = view.typedEndpoint ? "@typed_endpoint" : "@has_request_variables";
  const parameter = parameterOf(field, view, imports);
  const lines = format.kind === "json" ? innerLines(format.inside, view, imports) : "";
  return { decorator, parameter, lines, functions: [] };
}

/** Reads the JSON in a text of the payload. */
function innerLines(key: string | undefined, view: ViewDialect, imports: ImportList): string {
  if (key === undefined) return "";
  const text = writeAccess("payload", [key]);
  if (view.library.wildValue) {
    imports.add("zerver.lib.validator", "check_string", "to_wild_value");
    return `    payload = to_wild_value(${writeString(key)}, ${text}.tame(check_string))\n`;
  }
  // Of the faster parsers no tree has all.
  imports
    .add("json", "loads")
    .add("zerver.lib.exceptions", "JsonableError")
    .add("django.utils.translation", "gettext as _");
  return `    try:
        payload = loads(${text})
    except ValueError:
        raise JsonableError(_("Malformed JSON"))
`;
}

/** The bytes of a payload's fixture. A text ends with a line break, as the tree's linter asks; see `fieldsOfForm`. */
export function fixtureOf({ format, bytes }: Payload): Uint8Array {
  const extension = extensionOf(format);
  const content = fixtureBytes(extension, bytes);
  const isWhole = extension !== "txt" || content.at(-1) === NEWLINE;
  return isWhole ? content : Buffer.concat([content, Buffer.of(NEWLINE)]);
}

const NEWLINE = 10;

/** The fixture of a form ends with a line break, which would be part of its last value. */
const fieldsOfForm = (payloads: readonly Payload[]): string =>
  payloads.some(({ format }) => !boundaryOf(format))
    ? "{name: value.strip() for name, value in request.POST.items()}"
    : "request.POST.dict()";

const wrapped = (value: string, { library }: ViewDialect): string =>
  library.wildValue ? `wrap_wild_value("payload", ${value})` : value;

function parameterOf(field: string | undefined, view: ViewDialect, imports: ImportList): string {
  if (view.typedEndpoint) {
    imports.add("zerver.lib.typed_endpoint", "typed_endpoint");
    if (field === undefined) {
      imports.add("zerver.lib.typed_endpoint", "JsonBodyPayload");
      return "    *,\n    payload: JsonBodyPayload[WildValue],";
    }
    imports.add("pydantic", "Json");
    if (field === "payload") return "    *,\n    payload: Json[WildValue],";
    imports.add("zerver.lib.typed_endpoint", "ApiParamConfig");
    imports.add(view.typing === "legacy" ? "typing_extensions" : "typing", "Annotated");
    return `    *,\n    payload: Annotated[Json[WildValue], ApiParamConfig(${writeString(field)})],`;
  }
  imports.add("zerver.lib.request", "REQ", "has_request_variables");
  if (view.library.wildValue) imports.add("zerver.lib.validator", "to_wild_value");
  const converter = view.library.wildValue ? ", converter=to_wild_value" : "";
  if (field === undefined) return `    payload: WildValue = REQ(argument_type="body"${converter}),`;
  if (view.library.wildValue)
    return `    payload: WildValue = REQ(${writeString(field)}${converter}),`;
  imports.add("zerver.lib.validator", "check_dict");
  return `    payload: WildValue = REQ(${writeString(field)}, validator=check_dict([])),`;
}

function addXmlImports(view: ViewDialect, imports: ImportList): void {
  imports
    .add("defusedxml.ElementTree", "fromstring as xml_fromstring")
    .add("xml.etree.ElementTree", "Element", "ParseError")
    .add("zerver.lib.exceptions", "JsonableError")
    .add("django.utils.translation", "gettext as _");
  if (view.typing === "legacy") imports.add("typing", "Dict", "List");
}

const readXml = (payload: string): string => `    try:
        root = xml_fromstring(request.body)
    except ParseError:
        raise JsonableError(_("Malformed XML"))
    payload = ${payload}
`;

/** The same rules as those of `payload/bodies.ts`, by which the draft was made. */
const writeFieldsFunction = ({ typing }: ViewDialect): string => {
  const [dict, list] = typing === "legacy" ? ["Dict", "List"] : ["dict", "list"];
  return `def get_fields(element: Element) -> object:
    # Elements become what JSON would have: a text, a list of elements with one name, or fields.
    text = (element.text or "").strip()
    fields: ${dict}[str, object] = {
        name: value for name, value in element.attrib.items() if "}" not in name
    }
    if len(element) == 0:
        # These attributes say how the text is written.
        is_text = "nil" in fields or set(fields) <= {"type"}
        return text if is_text else {**fields, "value": text} if text else fields
    values: ${dict}[str, ${list}[object]] = {}
    for child in element:
        values.setdefault(child.tag.split("}")[-1], []).append(get_fields(child))
    name = element.tag.split("}")[-1]
    for child_name, same in values.items():
        fields[child_name] = same if len(same) > 1 else same[0]
    is_list = len(values) == 1 and (len(same) > 1 or name.startswith(child_name[:-1]))
    return same if is_list else fields`;
};

/** What a test class needs for fixtures of this format. */
export interface TestBody {
  /** The method that reads a fixture; none for JSON. */
  readonly method: string | undefined;
  /** What the method calls, from the tree's library for webhooks. */
  readonly helper: string | undefined;
  /** The content type of a request; undefined where the test base sends the right one. */
  readonly contentType: string | undefined;
  /** A body with one text at a path, as Python: for an event that no view knows. */
  readonly bodyWith: (path: JsonPath, text: string) => string;
  /** A body that the view itself cannot read, as Python, and what it says of it; none where the tree's library reads it. */
  readonly malformed?: { readonly body: string; readonly error: string } | undefined;
}

/** The helper of newer trees that reads a form in parts, which their client writes anew. */
const MULTIPART_HELPER = "parse_multipart_string";

const GET_BODY = "    def get_body(self, fixture_name: str) -> str:";

/** How tests read fixtures of a format and send them. */
export function testBodyOf(format: BodyFormat, directory: string, view: ViewDialect): TestBody {
  const extension = extensionOf(format);
  const fixture = `self.webhook_fixture_data(${writeString(directory)}, fixture_name, file_type="${extension}")`;
  const plain = {
    helper: undefined,
    bodyWith: (path: JsonPath, text: string) => writeString(bodyText(format, path, text)),
  };
  if (format.kind === "json") {
    const { inside } = format;
    const isOurs = inside !== undefined && !view.library.wildValue;
    const malformed = isOurs ? malformedBody(JSON.stringify({ [inside]: "{" }), "JSON") : undefined;
    return { ...plain, method: undefined, contentType: undefined, malformed };
  }
  if (extension !== "multipart") {
    const method = `${GET_BODY}\n        return ${fixture}`;
    if (format.kind === "xml") {
      const malformed = malformedBody("<request>", "XML");
      return { ...plain, method, contentType: "application/xml", malformed };
    }
    return { ...plain, method, contentType: "application/x-www-form-urlencoded" };
  }
  if (view.commonNames.has(MULTIPART_HELPER)) {
    const dict = view.typing === "legacy" ? "Dict" : "dict";
    // A value ends in what stands before the next boundary.
    const method = [
      `    def get_payload(self, fixture_name: str) -> ${dict}[str, str]:`,
      `        fields = ${MULTIPART_HELPER}(${fixture})`,
      `        return {name: value.strip() for name, value in fields.items()}`,
    ].join("\n");
    const pairs = (path: JsonPath, text: string): string =>
      fieldsWith(format, path, text)
        .map(([name, value]) => `${writeString(name)}: ${writeString(value)}`)
        .join(", ");
    return {
      method,
      helper: MULTIPART_HELPER,
      contentType: "multipart/form-data",
      bodyWith: (path, text) => `{${pairs(path, text)}}`,
    };
  }
  // Lines of a form in parts end with two characters, of which reading a file as text leaves one.
  const method = [
    GET_BODY,
    `        body = ${fixture}`,
    `        return body.replace("\\n", "\\r\\n")`,
  ].join("\n");
  const contentType = `multipart/form-data; boundary=${boundaryOf(format)}`;
  return { ...plain, method, contentType };
}

const malformedBody = (body: string, format: string): TestBody["malformed"] => ({
  body: writeString(body),
  error: `Malformed ${format}`,
});

const boundaryOf = (format: BodyFormat): string | undefined =>
  "boundary" in format ? format.boundary : undefined;

function valueWith(path: JsonPath, text: string): unknown {
  if (path.length === 0) return {};
  return path.reduceRight<unknown>(
    (inner, key) => (typeof key === "number" ? Array(key + 1).fill(inner) : { [key]: inner }),
    text,
  );
}

/** The fields of a form. */
function fieldsWith(format: BodyFormat, path: JsonPath, text: string): [string, string][] {
  const value = valueWith(path, text);
  return format.kind === "json field"
    ? [[format.field, JSON.stringify(value)]]
    : Object.entries(value as Record<string, string>);
}

function bodyText(format: BodyFormat, path: JsonPath, text: string): string {
  if (format.kind === "json") {
    const body = JSON.stringify(valueWith(path, text));
    return format.inside === undefined ? body : JSON.stringify({ [format.inside]: body });
  }
  if (format.kind === "xml") {
    const inner = path.reduceRight<string>(
      (content, key) => {
        const name = typeof key === "number" ? "item" : key;
        return `<${name}>${content}</${name}>`;
      },
      path.length === 0 ? "" : text,
    );
    return `<request>${inner}</request>`;
  }
  const fields = fieldsWith(format, path, text);
  const boundary = boundaryOf(format);
  if (boundary === undefined) return new URLSearchParams(fields).toString();
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${boundary}--\r\n`;
}
