/** The Python functions of a drafted view. */
import type { JsonPath } from "../payload/index.ts";
import { writeString } from "../python/strings.ts";
import type { MessageDraft, ViewDraft } from "./draft.ts";
import type { FieldUse, Parts } from "./parts.ts";

/** Whether the topic is made from the payload, rather than always the same. */
export function hasTopicFunction(draft: ViewDraft): boolean {
  return draft.topic.some((part) => typeof part !== "string");
}

/** The validators that the functions use. */
export function validatorsOf(draft: ViewDraft): string[] {
  const parts = [
    draft.topic,
    ...draft.messages.flatMap(({ body, list }) => [body, list?.line ?? []]),
  ];
  return parts.flat().flatMap((part) => (typeof part === "string" ? [] : [validatorOf(part)]));
}

/** The source of all functions: the topic's, then one for each event. */
export function writeFunctions(draft: ViewDraft): string {
  const topic = hasTopicFunction(draft) ? [writeTopicFunction(draft.topic)] : [];
  return [...topic, ...draft.messages.flatMap(writeMessageFunctions)].join("\n\n");
}

function writeTopicFunction(parts: Parts): string {
  return `def get_topic(payload: WildValue) -> str:\n${writeReturn(parts, "payload")}\n`;
}

function writeMessageFunctions({ functionName, body, list }: MessageDraft): string[] {
  const head = `def ${functionName}(payload: WildValue) -> str:\n`;
  if (!list) return [`${head}${writeReturn(body, "payload")}\n`];
  const lineFunction = functionName.replace(/_body$/, "_line");
  return [
    `def ${lineFunction}(item: WildValue) -> str:\n${writeReturn(list.line, "item")}\n`,
    [
      head,
      ...fieldsOf(body).map((field) => `${writeRead(field, "payload")}\n`),
      `    lines = [${lineFunction}(item) for item in ${writeAccess("payload", list.path)}]\n`,
      `    return ${writeText(body)} + "\\n".join(lines)\n`,
    ].join(""),
  ];
}

function writeReturn(parts: Parts, source: string): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === "object" && !only.asWords) {
    return `    return ${writeValue(only, source)}`;
  }
  const reads = fieldsOf(parts).map((field) => writeRead(field, source));
  return [...reads, `    return ${writeText(parts)}`].join("\n");
}

const fieldsOf = (parts: Parts): FieldUse[] => parts.filter((part) => typeof part === "object");

function writeRead(field: FieldUse, source: string): string {
  const words = field.asWords ? '.replace("_", " ")' : "";
  return `    ${field.variable} = ${writeValue(field, source)}${words}`;
}

function writeValue(field: FieldUse, source: string): string {
  return `${writeAccess(source, field.path)}.tame(${validatorOf(field)})`;
}

function validatorOf({ kind }: FieldUse): string {
  return kind === "integer" ? "check_int" : "check_string";
}

/**
 * The way into a payload, as Python.
 * @param source The variable that holds the payload.
 */
export function writeAccess(source: string, path: JsonPath): string {
  const step = (key: string | number): string =>
    `[${typeof key === "number" ? key : writeString(key)}]`;
  return `${source}${path.map(step).join("")}`;
}

/** Text with variables in it as a Python expression: a literal for each line. */
export function writeText(parts: Parts): string {
  const lines: Parts[] = [];
  let line: (string | FieldUse)[] = [];
  for (const part of parts) {
    const pieces = typeof part === "string" ? part.split(/(?<=\n)(?!\n)/) : [part];
    for (const piece of pieces) {
      line.push(piece);
      if (typeof piece === "string" && piece.endsWith("\n")) {
        lines.push(line);
        line = [];
      }
    }
  }
  if (line.length > 0) lines.push(line);
  const literals = lines.map(writeLiteral);
  return literals.length === 1
    ? (literals[0] ?? '""')
    : `(\n${literals.map((text) => `        ${text}`).join("\n")}\n    )`;
}

function writeLiteral(parts: Parts): string {
  if (parts.every((part) => typeof part === "string")) return writeString(parts.join(""));
  const text = parts.map((part) =>
    typeof part === "string" ? part.replace(/[{}]/g, "$&$&") : `{${part.variable}}`,
  );
  return `f${writeString(text.join(""))}`;
}
