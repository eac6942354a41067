/** The XML that the JUnit reports need: attributes and text, escaped. */

/** Attributes with a blank before each; undefined ones are left out. */
export function xmlAttributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(`${value}`).replace(/[\t\n\r]/g, toReference)}"`)
    .join("");
}

const toReference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** XML has no way to write most control characters and lone surrogates: they are shown as Python writes them. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/\r/g, "&#13;")
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
