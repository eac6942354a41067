/** The checklist: each part of the integration, and what is to do. */
import { fill, h, withCode } from "./dom.ts";
import type { ChecklistItem } from "./model.ts";

export function showChecklist(panel: HTMLElement, items: readonly ChecklistItem[]): void {
  const done = items.filter((item) => item.done).length;
  const words = done === items.length ? "All done" : `${done} of ${items.length} done`;
  const label = "Parts that are done";
  fill(
    panel,
    h(
      "div.progress",
      {},
      h("b", {}, words),
      h("progress", { max: items.length, value: done, "aria-label": label }),
    ),
    h("ul.checklist", {}, items.map(itemOf)),
  );
}

function itemOf({ part, done, problems }: ChecklistItem): HTMLElement {
  const kind = done ? "good" : problems[0]?.severity === "error" ? "bad" : "warn";
  const mark = h(
    "span.mark",
    { role: "img", "aria-label": done ? "Done" : "To do" },
    done ? "✓" : "!",
  );
  return h(
    "li",
    { "data-kind": kind },
    mark,
    h("div", {}, h("b", {}, part), problems.map(problemOf)),
  );
}

function problemOf({ message, fix, path, line, rule }: ChecklistItem["problems"][number]) {
  const place = `${path}${line ? `:${line}` : ""} · ${rule}`;
  return h(
    "div.problem",
    {},
    h("p", {}, withCode(message)),
    fix !== undefined && h("p.fix", {}, withCode(fix)),
    h("p.muted", {}, place),
  );
}
