/** The payload: a text area over its own coloured copy, with line numbers. */
import { h } from "./dom.js";
import { asShown, withEndings } from "./endings.js";

/** Longer texts are shown without colours: every key would colour them anew. */
const MAX_COLOURED = 300_000;
const JSON_TOKEN =
  /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

export function createEditor(panel, onInput) {
  const coloured = h("pre.coloured", { "aria-hidden": "true" });
  const gutter = h("pre.gutter", { "aria-hidden": "true" });
  const area = h("textarea", {
    id: "payload",
    spellcheck: false,
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
    "aria-label": "Payload",
    "aria-describedby": "payload-state",
  });
  const state = h("span", { id: "payload-state", role: "status" });
  const format = h("button.quiet", { type: "button", onclick: () => tidy() }, "Format");
  panel.append(
    h("div.code", {}, gutter, h("div.text", {}, coloured, area)),
    h("div.foot", {}, state, h("span.space"), format),
  );
  /** The body that is shown, with its own line endings. */
  let given = "";
  let encoding = "utf8";
  let lines = 0;

  const follow = () => {
    coloured.style.transform = `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`;
    gutter.style.transform = `translateY(${-area.scrollTop}px)`;
  };
  const paint = () => {
    const text = area.value;
    const count = text.split("\n").length;
    if (count !== lines) {
      lines = count;
      gutter.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
    }
    const plain = encoding !== "utf8" || text.length > MAX_COLOURED || !/^\s*[[{]/.test(text);
    area.classList.toggle("plain", plain);
    coloured.replaceChildren(...(plain ? [] : colour(text)), "\n");
    describe();
    follow();
  };
  const bodyNow = () => withEndings(given, area.value);
  const describe = () => {
    const { words, isBad, isJson } = stateOf(bodyNow(), encoding);
    state.textContent = words;
    state.dataset.kind = isBad ? "bad" : "";
    format.hidden = !isJson;
  };
  const tidy = () => {
    try {
      replace(JSON.stringify(JSON.parse(area.value), null, 2));
    } catch {
      // The state line says already that it is no JSON.
    }
  };
  /** As typed: the browser's own undo takes it back. */
  const replace = (text) => {
    area.focus();
    area.select();
    if (!document.execCommand("insertText", false, text)) area.value = text;
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
    paint();
    onInput();
  };
  area.addEventListener("scroll", follow, { passive: true });
  area.addEventListener("input", () => {
    paint();
    onInput();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    const before = area.value.slice(0, area.selectionStart);
    const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(before)?.[1] ?? "";
    if (indent === "") return;
    event.preventDefault();
    document.execCommand("insertText", false, `\n${indent}`);
  });
  return {
    area,
    format: tidy,
    get body() {
      return bodyNow();
    },
    get encoding() {
      return encoding;
    },
    /** Shows a body. One with the same text stays where it is scrolled to. */
    show(body, as) {
      const isShown = area.value === asShown(body) && encoding === as;
      given = body;
      encoding = as;
      if (isShown) return;
      area.value = body;
      area.readOnly = false;
      area.scrollTop = 0;
      area.scrollLeft = 0;
      paint();
    },
  };
}

function* colour(text) {
  let from = 0;
  for (const match of text.matchAll(JSON_TOKEN)) {
    if (match.index > from) yield text.slice(from, match.index);
    const [all, string, colon, number] = match;
    const kind =
      string === undefined
        ? number === undefined
          ? "word"
          : "number"
        : colon === undefined
          ? "string"
          : "key";
    yield h(`span.${kind}`, {}, string ?? all);
    if (colon !== undefined) yield colon;
    from = match.index + all.length;
  }
  yield text.slice(from);
}

function stateOf(text, encoding) {
  const size = sizeOf(text, encoding);
  if (encoding === "base64") return { words: `${size} · bytes that are no text, as base64` };
  if (text.trim() === "") return { words: "No body" };
  if (!/^\s*[[{"]/.test(text)) return { words: `${size} · text` };
  try {
    JSON.parse(text);
    return { words: `${size} · JSON`, isJson: true };
  } catch (error) {
    return { words: `${size} · not JSON: ${placeOf(String(error.message), text)}`, isBad: true };
  }
}

/** The browser's message, with the line instead of the position. */
function placeOf(message, text) {
  const position = /position (\d+)/.exec(message)?.[1];
  const line =
    /line (\d+)/.exec(message)?.[1] ??
    (position && text.slice(0, Number(position)).split("\n").length);
  const reason = message.replace(/,? ?(in JSON )?at position.*$|,? "[\s\S]*$/s, "").trim();
  return line ? `line ${line}: ${reason}` : reason;
}

function sizeOf(text, encoding) {
  const bytes =
    encoding === "base64"
      ? Math.floor((text.length * 3) / 4)
      : new TextEncoder().encode(text).length;
  return bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
}
