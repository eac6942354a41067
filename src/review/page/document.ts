/** A page as one file: no script, nothing loaded. */
import { html, type Markup, trusted } from "../markup.ts";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

/**
 * The whole page.
 * @param title Any text.
 * @param styles Style sheets that are safe to stand in the page.
 */
export function pageDocument(title: string, styles: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>
<body>${body}
</body>
</html>
`.text;
}
