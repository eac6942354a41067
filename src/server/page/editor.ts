/** The payload in an editor. What is sent is the body, byte for byte; what is shown may have other line breaks. */
import { forceLinting, linter, lintGutter } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { editing, field, languageOf, usual } from "./code.ts";
import { button, h, toast } from "./dom.ts";
import { asShown, withEndings } from "./endings.ts";
import { isJson, type OneLine, oneLineOf, onManyLines, onOneLine } from "./json-layout.ts";
import type { Draft } from "./model.ts";
import { MAX_BYTES, type PayloadState, sizeText, stateOf } from "./payload-state.ts";
import { recall, remember } from "./store.ts";

export interface Editor {
  readonly body: string;
  readonly encoding: Draft["encoding"];
  /** Shows a body. One with the same text stays where it is scrolled to. */
  show(body: string, encoding: Draft["encoding"]): void;
  focus(): void;
}

/** Told each edit. */
export function createEditor(panel: HTMLElement, onInput: () => void): Editor {
  /** The body that was given, with its own line endings. */
  let given = "";
  let encoding: Draft["encoding"] = "utf8";
  /** How the body is on one line, while it is shown on many. */
  let oneLine: OneLine | undefined;
  let known: { doc: Text; body: string; state: PayloadState } | undefined;
  const wrapping = new Compartment();

  const words = h("span", { id: "payload-state", role: "status" });
  const format = button("quiet", "Format", tidy);
  const wrap = button("quiet", "Wrap", () => setWrap(!isWrapped()));
  const spread = button("quiet", "One line", toggleLines, { hidden: true });
  const host = h("div.code");
  panel.append(host, h("div.foot", {}, words, h("span.space"), spread, wrap, format));
  const isWrapped = (): boolean => recall<boolean>("wrap") ?? false;

  const view = new EditorView({ parent: host, state: stateFor("") });
  setWrap(isWrapped());

  function stateFor(doc: string): EditorState {
    return EditorState.create({ doc, extensions: extensionsFor(doc) });
  }

  function extensionsFor(doc: string): Extension {
    const isPlain = encoding !== "utf8" || !/^\s*[[{]/.test(doc);
    return [
      usual,
      editing,
      wrapping.of(isWrapped() ? EditorView.lineWrapping : []),
      languageOf(isPlain ? "text" : "json"),
      lintGutter(),
      linter(findFault, { delay: 150 }),
      EditorState.changeFilter.of(({ newDoc }) => isSmall(newDoc)),
      field("payload", "Payload", () => {
        describe();
        onInput();
      }),
    ];
  }

  /** The body that is shown, and what it is; both take time with a large one. */
  function now(): { body: string; state: PayloadState } {
    const { doc } = view.state;
    if (known?.doc === doc) return known;
    const shown = doc.toString();
    const body = oneLine ? onOneLine(shown, oneLine) : withEndings(given, shown);
    // What is wrong is said of the lines that are there to be seen.
    const state = stateOf(oneLine && !isJson(shown) ? shown : body, encoding);
    known = { doc, body, state };
    return known;
  }

  function describe(): void {
    const { state } = now();
    words.textContent = oneLine ? `${state.words} · sent on one line` : state.words;
    words.dataset.kind = state.fault ? "bad" : "";
    format.hidden = !state.isJson || oneLine !== undefined;
  }

  function findFault(): { from: number; to: number; severity: "error"; message: string }[] {
    const { fault } = now().state;
    if (!fault) return [];
    // The editor counts each line ending as one.
    const at = Math.min(asShown(now().body.slice(0, fault.at)).length, view.state.doc.length);
    const from = oneLine ? Math.min(fault.at, view.state.doc.length) : at;
    const { to } = view.state.doc.lineAt(from);
    return [{ from, to: Math.min(to, from + 1), severity: "error", message: fault.words }];
  }

  function setWrap(wrapped: boolean): void {
    remember("wrap", wrapped);
    wrap.setAttribute("aria-pressed", String(wrapped));
    view.dispatch({ effects: wrapping.reconfigure(wrapped ? EditorView.lineWrapping : []) });
  }

  /** As typed: undoing takes it back. */
  function tidy(): void {
    const insert = onManyLines(view.state.doc.toString());
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    view.focus();
  }

  function toggleLines(): void {
    const { body } = now();
    put(body, oneLine ? undefined : oneLineOf(body));
  }

  /** @param style How it is on one line, to show it on many. */
  function put(body: string, style: OneLine | undefined): void {
    given = body;
    oneLine = style;
    known = undefined;
    view.setState(stateFor(style ? onManyLines(body) : body));
    spread.hidden = style === undefined && oneLineOf(body) === undefined;
    spread.setAttribute("aria-pressed", String(style === undefined));
    describe();
    forceLinting(view);
  }

  return {
    get body() {
      return now().body;
    },
    get encoding() {
      return encoding;
    },
    show(body, as) {
      const isShown =
        encoding === as && known !== undefined && asShown(now().body) === asShown(body);
      encoding = as;
      if (isShown && !oneLine) {
        given = body;
        known = undefined;
      } else if (!isShown) put(body, as === "utf8" ? oneLineOf(body) : undefined);
    },
    focus: () => view.focus(),
  };
}

/** Says so when a text is more than the page takes. */
function isSmall(doc: Text): boolean {
  // A character takes one byte at least: shorter texts need not be counted in bytes.
  const bytes = doc.length * 3 < MAX_BYTES ? 0 : new TextEncoder().encode(doc.toString()).length;
  if (bytes <= MAX_BYTES) return true;
  toast(
    `This would be ${sizeText(bytes)}. A payload of this page has at most ${sizeText(MAX_BYTES)}: send it to the webhook URL.`,
    "bad",
  );
  return false;
}
