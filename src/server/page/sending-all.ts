/** Sending fixtures one after the other, with a table of what became of each. */
import { at, get, post } from "./api.ts";
import { openDialog } from "./dialogs.ts";
import { button, h } from "./dom.ts";
import { kindOf } from "./lists.ts";
import type { Draft, DrawnRequest } from "./model.ts";

interface Row {
  file: string;
  line: HTMLTableRowElement;
}

/**
 * Sends fixtures through the endpoint for good, as each is on the disk. Closing the dialog ends it.
 * @param open Opens a request that was sent.
 */
export function sendAll(name: string, files: readonly string[], open: (id: number) => void): void {
  const words = h("p", { role: "status" });
  const progress = h("progress", { max: files.length, value: 0, "aria-label": "Fixtures sent" });
  const rows = files.map(
    (file): Row => ({ file, line: h("tr", {}, h("th", { scope: "row" }, file)) }),
  );
  const heads = ["Fixture", "Answer", "Message", "Time"].map((head) =>
    h("th", { scope: "col" }, head),
  );
  const table = h(
    "table.results",
    {},
    h("thead", {}, h("tr", {}, heads)),
    h(
      "tbody",
      {},
      rows.map(({ line }) => line),
    ),
  );
  const close = button("quiet", "Close", () => dialog.close());
  const dialog = openDialog(
    "Send all fixtures",
    "sending",
    h("h2", {}, `Send all fixtures of ${name}`),
    words,
    progress,
    h("div.results-scroll", { tabIndex: 0, role: "group", "aria-label": "Results" }, table),
    h("div.actions", {}, close),
  );
  const ending = new AbortController();
  dialog.addEventListener("close", () => ending.abort());
  void run();

  async function run(): Promise<void> {
    const counts = { sent: 0, messages: 0, errors: 0 };
    /** For each mistake the first fixture that fails for it. */
    const causes = new Map<string, string>();
    for (const { file, line } of rows) {
      if (ending.signal.aborted) return;
      line.scrollIntoView({ block: "nearest" });
      const answer = await sendOne(file).catch((error: Error) => error);
      if (ending.signal.aborted) return;
      counts.sent += 1;
      if (answer instanceof Error) {
        counts.errors += 1;
        line.append(h("td", { colSpan: 3 }, answer.message));
      } else {
        if (answer.outcome.messages.length > 0) counts.messages += 1;
        if (answer.summary.status >= 400) counts.errors += 1;
        const { cause } = answer.outcome;
        const first = cause === undefined ? undefined : causes.get(cause);
        if (cause !== undefined && first === undefined) causes.set(cause, file);
        line.append(...cellsOf(answer, first));
      }
      progress.value = counts.sent;
      words.textContent = `${counts.sent} of ${files.length} sent · ${counts.messages} with a message · ${counts.errors} failed`;
    }
  }

  async function sendOne(file: string): Promise<DrawnRequest> {
    const { signal } = ending;
    const draft = await get<Draft>(`integrations/${at(name)}/draft/${at(file)}`, signal);
    return post<DrawnRequest>("send", draft, signal);
  }

  /** @param first A fixture that failed for the same mistake, which is told there. */
  function cellsOf({ summary }: DrawnRequest, first: string | undefined): HTMLElement[] {
    const { id, status, about, durationMs } = summary;
    const show = (): void => {
      dialog.close();
      open(id);
    };
    const label = { "aria-label": `Open request ${id}, answered ${status}` };
    const opener = button("status", String(status), show, {
      ...label,
      "data-kind": kindOf(status),
    });
    const what = first === undefined ? about : `fails as ${first} does`;
    return [h("td", {}, opener), h("td", {}, what), h("td", {}, `${Math.round(durationMs)} ms`)];
  }
}
