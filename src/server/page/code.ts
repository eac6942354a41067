/** Text with lines: the payload, and whatever of a result is code. How CodeMirror is set up here. */
import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  defineLanguageFacet,
  foldGutter,
  foldKeymap,
  Language as Grammar,
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { parser } from "@lezer/markdown";

export type Language = "json" | "markdown" | "headers" | "text";

/** What the page's policy lets write style sheets: only the answer that brought the page knows it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--key)" },
  { tag: [tags.string, tags.monospace], color: "var(--string)" },
  { tag: tags.number, color: "var(--number)" },
  { tag: [tags.bool, tags.null, tags.url, tags.link], color: "var(--word)" },
  { tag: tags.heading, fontWeight: "600" },
  { tag: tags.strong, fontWeight: "600" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--muted)" },
]);

/** Of `@codemirror/lang-markdown` only the parser: the rest is for writing, and brings HTML, CSS and JavaScript along. */
const markdown = new Grammar(defineLanguageFacet(), parser, [], "markdown");

/** Lines of `Name: value`. */
const headers = StreamLanguage.define({
  token(stream) {
    if (stream.sol() && stream.match(/^[^:]+(?=:)/)) return "propertyName";
    stream.skipToEnd();
    return null;
  },
});

export function languageOf(language: Language): Extension {
  if (language === "json") return json();
  if (language === "markdown") return markdown;
  return language === "headers" ? headers : [];
}

/** What every view of text has: numbers, folding, search, colours. */
export const usual: Extension = [
  EditorView.cspNonce.of(nonce),
  lineNumbers(),
  foldGutter(),
  highlightSpecialChars(),
  drawSelection(),
  bracketMatching(),
  search({ top: true }),
  syntaxHighlighting(colours),
];

/** What can be edited has, besides. Keys that are the page's own (leaving, sending) are not in these. */
export const editing: Extension = [
  history(),
  keymap.of([...standardKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap]),
];

/**
 * A field that is typed into.
 * @param id The field's; what its state is stands in the element `<id>-state`.
 * @param onChange Told each edit.
 */
export const field = (id: string, label: string, onChange: () => void): Extension => [
  EditorView.contentAttributes.of({
    id,
    tabindex: "0",
    "aria-label": label,
    "aria-describedby": `${id}-state`,
    spellcheck: "false",
    autocapitalize: "off",
  }),
  EditorView.updateListener.of(({ docChanged }) => docChanged && onChange()),
];

/** Text to look at. */
export const readOnly = (label: string): Extension => [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({
    tabindex: "0",
    role: "textbox",
    "aria-multiline": "true",
    "aria-readonly": "true",
    "aria-label": label,
  }),
];

/** Text to look at, search and copy. */
export function codeView(text: string, language: Language, label: string): HTMLElement {
  const keys = keymap.of([...searchKeymap, ...foldKeymap]);
  const extensions = [usual, readOnly(label), keys, languageOf(language)];
  return new EditorView({ doc: text, extensions }).dom;
}
