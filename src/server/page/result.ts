/** What became of a request: the message, its Markdown, the answer; and the documentation and the checklist. */
import { showChecklist } from "./checklist.ts";
import { codeView } from "./code.ts";
import { button, byId, copy, fill, h } from "./dom.ts";
import { createFrame, createMessageFrame } from "./frame.ts";
import { isJson, onManyLines } from "./json-layout.ts";
import { kindOf, timeOf } from "./lists.ts";
import {
  type ChecklistItem,
  type DrawnOutcome,
  type LoggedSummary,
  placeOf,
  type Trouble,
} from "./model.ts";
import { whyNothing } from "./why-nothing.ts";

const STATUS_WORDS: Record<number, string> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** So long the last result may stand, faded, while its request is edited. Most answers are there before. */
const PATIENCE_MS = 400;

export interface Result {
  /** @param summary Of a request that was served; a draft has none. */
  show(outcome: DrawnOutcome, summary?: LoggedSummary): Promise<void>;
  failed(trouble: Trouble): void;
  waiting(words: string): void;
  /** An answer is awaited: what is shown is of what was there before. */
  working(): void;
  /** Another request is there: what is shown is not of it. */
  leave(): void;
  documentation(html: string | null, path: string): Promise<void>;
  /** Until a page or a checklist is there. */
  busy(id: string): void;
  /** @returns How many parts are to do. */
  checklist(items: readonly ChecklistItem[]): number;
}

export function createResult(): Result {
  const section = byId("result");
  const message = createMessageFrame(byId("panel-message"));
  const page = createFrame(
    byId("panel-documentation"),
    "/frame/documentation",
    "The documentation page",
  );
  let since = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function working(): void {
    if (ticking !== undefined) return;
    since = performance.now();
    section.dataset.state = section.dataset.state === "left" ? "left" : "old";
    ticking = setInterval(() => {
      const seconds = Math.floor((performance.now() - since) / 1000);
      if (section.dataset.state === "old") leave();
      sayWorking(seconds);
    }, PATIENCE_MS);
  }
  function sayWorking(seconds: number): void {
    const words = seconds < 1 ? "The view is at work …" : `The view is at work, for ${seconds} s …`;
    byId("timing").textContent = words;
    message.say(h("p.empty", {}, words, seconds < 3 ? "" : " It is stopped after ten seconds."));
  }
  function leave(): void {
    section.dataset.state = "left";
    byId("status").hidden = true;
    byId("timing").textContent = "";
    message.say();
    nothing("");
  }
  function nothing(words: string): void {
    for (const id of ["panel-markdown", "panel-response"])
      fill(byId(id), words !== "" && h("p.empty", {}, words));
  }
  function done(): void {
    clearInterval(ticking);
    ticking = undefined;
    delete section.dataset.state;
  }

  return {
    working,
    leave,
    async show(outcome, summary) {
      done();
      showStatus(outcome, summary);
      showMarkdown(outcome);
      showResponse(outcome);
      if (outcome.messages.length > 0) await message.show(outcome.html);
      else message.say(...whyNothing(outcome));
    },
    failed({ message: words, hint }) {
      done();
      byId("status").hidden = true;
      byId("timing").textContent = "";
      message.say(
        h("h3", {}, "That did not work"),
        h("p", {}, words),
        hint !== undefined && h("p.muted", {}, hint),
      );
      nothing("There is no result.");
    },
    waiting(words) {
      message.say(h("p.empty", {}, words));
    },
    async documentation(html, path) {
      if (html !== null) {
        await page.show(`<article>${html}</article>`);
        return;
      }
      const where = ["Write it in ", h("code", {}, path), "; it shows here as on the website."];
      page.say(h("h3", {}, "No documentation yet"), h("p", {}, where));
    },
    busy(id) {
      if (id === "documentation") page.say(h("p.empty", {}, "Rendering …"));
      else fill(byId("panel-checklist"), h("p.empty", {}, "Checking …"));
    },
    checklist(items) {
      showChecklist(byId("panel-checklist"), items);
      return items.filter(({ done }) => !done).length;
    },
  };
}

const statusText = (status: number): string => `${status} ${STATUS_WORDS[status] ?? ""}`.trim();

function showStatus({ status, durationMs }: DrawnOutcome, summary?: LoggedSummary): void {
  const pill = byId("status");
  pill.hidden = false;
  pill.textContent = statusText(status);
  pill.dataset.kind = kindOf(status);
  const took = `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
  const served = summary?.source === "page" ? "sent" : "received";
  byId("timing").textContent = summary
    ? `${took} · ${served} at ${timeOf(summary.at)}`
    : `${took} · draft`;
}

function showMarkdown({ messages }: DrawnOutcome): void {
  const parts = messages.map((message) => {
    const { sender, content } = message;
    const from = h("span.muted", {}, ` from ${sender}`);
    const copying = button("quiet", "Copy", () => void copy(content, "Markdown"));
    const head = h(
      "div.part-head",
      {},
      h("b", {}, placeOf(message)),
      from,
      h("span.space"),
      copying,
    );
    return h("section.part", {}, head, codeView(content, "markdown", "Markdown of the message"));
  });
  fill(byId("panel-markdown"), parts.length > 0 ? parts : h("p.empty", {}, "No message was sent."));
}

function showResponse({ status, headers, body, error }: DrawnOutcome): void {
  const rows = headers.map(([name, value]) =>
    h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value)),
  );
  const isCode = isJson(body);
  fill(
    byId("panel-response"),
    h(
      "section.part",
      {},
      h("div.part-head", {}, h("b", {}, statusText(status))),
      rows.length > 0 && h("table", {}, h("tbody", {}, rows)),
      body === ""
        ? h("p.empty", {}, "The body is empty.")
        : codeView(
            isCode ? onManyLines(body) : body,
            isCode ? "json" : "text",
            "Body of the answer",
          ),
    ),
    error &&
      h(
        "section.part",
        {},
        h(
          "div.part-head",
          {},
          h("b", {}, "Traceback"),
          h("span.muted", {}, " only here; the service does not get it"),
        ),
        h("pre.traceback", { tabIndex: 0 }, error.traceback.trimEnd()),
      ),
  );
}
