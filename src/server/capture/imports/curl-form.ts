/** What curl's `--form` makes of fields: a body in parts. */
import { sha256 } from "../../../host/checksum.ts";

/** A field of a form, with the type that stands behind its value. */
export interface FormField {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
}

/**
 * Reads a field as curl does: `name=value`, `name="value"`, `name=value;type=text/csv`.
 * @param isPlain Whether the value means itself, whatever is in it (`--form-string`).
 * @returns Undefined where the value is the content of a file.
 */
export function formFieldOf(text: string, isPlain: boolean): FormField | undefined {
  const [, name = "", given = ""] = /^([^=]*)=([\s\S]*)$/.exec(text) ?? [];
  if (isPlain) return { name, value: given };
  if (/^[@<]/.test(given)) return undefined;
  const [, value = given, type] = /^([\s\S]*?)(?:;\s*type=([^;]+))?$/.exec(given) ?? [];
  const [, quoted] = /^"([\s\S]*)"$/.exec(value) ?? [];
  const content = quoted === undefined ? value : quoted.replace(/\\(["\\])/g, "$1");
  return { name, value: content, ...(type !== undefined && { type }) };
}

/** The body, and its type with the boundary, which is none of the lines in it. */
export function formBodyOf(fields: readonly FormField[]): { body: Buffer; type: string } {
  const boundary = `------------------------${sha256(JSON.stringify(fields)).slice(0, 16)}`;
  const parts = fields.map(({ name, value, type }) => {
    const about = `Content-Disposition: form-data; name="${name.replaceAll('"', "%22")}"`;
    const head = type === undefined ? about : `${about}\r\nContent-Type: ${type}`;
    return `--${boundary}\r\n${head}\r\n\r\n${value}\r\n`;
  });
  const body = Buffer.from(`${parts.join("")}--${boundary}--\r\n`);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}
