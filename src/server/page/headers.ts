/** The headers in an editor, one a line: `Name: value`. Lines that cannot be sent are marked, and left out. */
import { forceLinting, linter, lintGutter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, placeholder } from "@codemirror/view";
import { editing, field, languageOf, usual } from "./code.ts";
import { h } from "./dom.ts";
import type { Fields, Pair } from "./fields.ts";
import { same } from "./model.ts";

/** As the server has it: others are not sent. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** @param onInput Told each edit. */
export function createHeaders(panel: HTMLElement, onInput: () => void): Fields {
  /** The headers that were given, by the line that shows them: untouched, one keeps what no line can show. */
  let given = new Map<string, Pair>();
  const words = h("span", { id: "headers-state", role: "status" });
  const host = h("div.code");
  panel.append(host, h("div.foot", {}, words));
  const view = new EditorView({ parent: host, state: stateFor("") });
  describe();

  function stateFor(doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        usual,
        editing,
        EditorView.lineWrapping,
        languageOf("headers"),
        placeholder("Content-Type: application/json"),
        lintGutter(),
        linter(() => faultsIn(), { delay: 150 }),
        field("headers", "Headers", () => {
          describe();
          onInput();
        }),
      ],
    });
  }

  function lines(): string[] {
    return view.state.doc.toJSON();
  }

  function pairs(): Pair[] {
    return lines().flatMap((line): Pair[] => {
      const known = given.get(line);
      if (known) return [known];
      return line.trim() === "" || faultOf(line) !== undefined ? [] : [pairOf(line)];
    });
  }

  function faultsIn(): { from: number; to: number; severity: "error"; message: string }[] {
    return lines().flatMap((line, index) => {
      const message = faultOf(line);
      if (message === undefined) return [];
      const { from, to } = view.state.doc.line(index + 1);
      return [{ from, to, severity: "error" as const, message }];
    });
  }

  function describe(): void {
    const [first] = faultsIn();
    const line = first && view.state.doc.lineAt(first.from).number;
    words.textContent = first
      ? `line ${line} is not sent: ${first.message}`
      : "What a service sends. Those that the integration derives from a fixture's name are filled in.";
    words.dataset.kind = first ? "bad" : "";
  }

  return {
    get pairs() {
      return pairs();
    },
    show(next) {
      if (same(pairs(), next)) return;
      given = new Map(next.map((pair) => [lineOf(pair), pair]));
      view.setState(stateFor([...next.map(lineOf)].join("\n")));
      describe();
      forceLinting(view);
    },
    focus() {
      view.focus();
      view.dispatch({ selection: { anchor: view.state.doc.length }, scrollIntoView: true });
    },
  };
}

const lineOf = ([name, value]: Pair): string => `${name}: ${value}`.replace(/[\r\n]+/g, " ");

function pairOf(line: string): Pair {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** Why a line cannot be sent. */
function faultOf(line: string): string | undefined {
  if (line.trim() === "") return undefined;
  if (!line.includes(":")) return "a header is written as Name: value.";
  const [name, value] = pairOf(line);
  if (name === "") return "the name is missing before the colon.";
  if (!NAME.test(name)) return `"${name}" cannot name a header: letters, digits and - do.`;
  return VALUE.test(value) ? undefined : "a value has no characters beyond Latin-1.";
}
