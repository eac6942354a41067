/** The XML that the JUnit reports need: attributes and text, escaped. */
import { defused, unicodeEscape } from "../../ui/steering.ts";

/** Attributes with a blank before each; undefined ones are left out. */
export function xmlAttributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(`${value}`).replace(/[\t\n]/g, toReference)}"`)
    .join("");
}

/** A JUnit report: what its suites come to, and the lines that they are. */
export function junitDocument(
  facts: Record<string, string | number | undefined>,
  suites: readonly string[],
): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes(facts)}>`,
    ...suites,
    "</testsuites>",
  ].join("\n");
}

/** Milliseconds as JUnit has them. */
export const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const toReference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** XML has no way to write most control characters. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Most names and numbers: they are the same in XML. */
const PLAIN = /^[\w .,()/-]*$/;

/** What cannot be written is shown as Python writes it; what could steer a terminal or a CI is a reference. */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  const escaped = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\ufffe\uffff]|\p{Surrogate}/gu, unicodeEscape);
  return defused(escaped, (character) =>
    UNWRITABLE.test(character) ? unicodeEscape(character) : toReference(character),
  );
}
