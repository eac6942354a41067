/** Two requests beside each other: what was sent, and what became of it. */
import { MergeView } from "@codemirror/merge";
import { get } from "./api.ts";
import { languageOf, readOnly, usual } from "./code.ts";
import { openDialog } from "./dialogs.ts";
import { button, h } from "./dom.ts";
import { isJson, onManyLines } from "./json-layout.ts";
import { timeOf } from "./lists.ts";
import { type Draft, type DrawnRequest, placeOf } from "./model.ts";

interface Side {
  title: string;
  text: string;
}

/**
 * Shows the differences between two served requests.
 * @param older Its id.
 * @param newer Its id.
 */
export async function compareRequests(older: number, newer: number): Promise<void> {
  const [a, b] = (await Promise.all([sideOf(older), sideOf(newer)])) as [Side, Side];
  const place = h("div.merge");
  const words = h("p.muted", { role: "status" });
  const close = button("quiet", "Close", () => dialog.close());
  const titles = h("div.merge-titles", {}, h("b", {}, a.title), h("b", {}, b.title));
  const dialog = openDialog(
    "Compare two requests",
    "comparing",
    h("h2", {}, "Compare two requests"),
    words,
    titles,
    place,
    h("div.actions", {}, close),
  );
  const view = new MergeView({
    a: sideOptions(a),
    b: sideOptions(b),
    parent: place,
    collapseUnchanged: { margin: 3, minSize: 8 },
    gutter: true,
  });
  dialog.addEventListener("close", () => view.destroy());
  const { length } = view.chunks;
  words.textContent =
    length === 0
      ? "They are the same."
      : `${length} ${length === 1 ? "part differs" : "parts differ"}.`;
}

const sideOptions = ({ title, text }: Side) => ({
  doc: text,
  extensions: [usual, languageOf("json"), readOnly(title)],
});

async function sideOf(id: number): Promise<Side> {
  const { summary, draft, outcome } = await get<DrawnRequest>(`requests/${id}`);
  const messages = outcome.messages.map((message) => `${placeOf(message)}\n${message.content}`);
  const result = [`Answer: ${outcome.status}`, ...messages].join("\n\n");
  return { title: `#${id} at ${timeOf(summary.at)}`, text: `${requestText(draft)}\n\n${result}\n` };
}

/** As it goes over the wire, with one line for each header, parameter and value. */
function requestText({ method, path, parameters, headers, body, encoding }: Draft): string {
  const lines = [
    `${method} ${path}`,
    ...parameters.map(([name, value]) => `${name} = ${value}`),
    "",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
  ];
  const isReadable = encoding === "utf8" && isJson(body);
  return `${lines.join("\n")}\n${isReadable ? onManyLines(body) : body}`;
}
