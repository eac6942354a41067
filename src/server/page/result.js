/** What became of a request: the message, its Markdown, the answer; and the documentation and the checklist. */
import { byId, copy, fill, h } from "./dom.js";
import { createFrame, createMessageFrame } from "./frame.js";
import { kindOf, timeOf } from "./lists.js";

const STATUS_WORDS = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export function createResult() {
  const message = createMessageFrame(byId("panel-message"));
  const page = createFrame(
    byId("panel-documentation"),
    "/frame/documentation",
    "The documentation page",
  );
  return {
    /** @param about `draft`, or the summary of a served request. */
    async show(outcome, about) {
      showStatus(outcome, about);
      showMarkdown(outcome.messages);
      showResponse(outcome);
      if (outcome.messages.length > 0) await message.show(outcome.html);
      else message.say(...whyNothing(outcome));
    },
    failed(error) {
      const pill = byId("status");
      pill.hidden = true;
      byId("timing").textContent = "";
      message.say(...problem(error.message, error.hint));
      fill(byId("panel-markdown"), h("p.empty", {}, "There is no result."));
      fill(byId("panel-response"), h("p.empty", {}, "There is no result."));
    },
    waiting(words) {
      message.say(h("p.empty", {}, words));
    },
    async documentation(html, path) {
      if (html === null) {
        page.say(
          h("h3", {}, "No documentation yet"),
          h(
            "p",
            {},
            "Write it in ",
            h("code", {}, path),
            "; it shows here as it will on the website.",
          ),
        );
      } else await page.show(`<article>${html}</article>`);
    },
    /** Until a page or a checklist is there. */
    busy(id) {
      if (id === "documentation") page.say(h("p.empty", {}, "Rendering …"));
      else fill(byId("panel-checklist"), h("p.empty", {}, "Checking …"));
    },
    checklist(items) {
      showChecklist(items);
      return items.filter(({ done }) => !done).length;
    },
  };
}

function showStatus({ status, durationMs }, about) {
  const pill = byId("status");
  pill.hidden = false;
  pill.textContent = `${status} ${STATUS_WORDS[status] ?? ""}`.trim();
  pill.dataset.kind = kindOf(status);
  const took = `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
  const served = about?.source === "page" ? "sent" : "received";
  byId("timing").textContent = about
    ? `${took} · ${served} at ${timeOf(about.at)}`
    : `${took} · draft`;
}

/** The reason, in words, when there is no message. */
function whyNothing({ status, body, error }) {
  if (error) {
    const place = error.path ? `${error.path}${error.line ? `:${error.line}` : ""}` : "";
    return [
      h(
        "h3",
        {},
        error.type === "NotRun" ? "The tree's code does not load" : "The view raised an exception",
      ),
      h("p", {}, h("code", {}, error.type), " ", error.message),
      place ? h("p.muted", {}, place) : undefined,
      h("pre.traceback", { tabIndex: 0 }, error.traceback.trimEnd()),
    ].filter(Boolean);
  }
  if (status === 404 && body.trim() === "Not Found") {
    return [
      h("h3", {}, "Nothing answers at this address"),
      h("p", {}, "No integration of this tree has this URL. It ends in its name, without a slash."),
    ];
  }
  if (status >= 400)
    return [h("h3", {}, `The view answered ${status}`), h("p", {}, messageIn(body))];
  return [
    h("h3", {}, "No message"),
    h(
      "p",
      {},
      `The view answered ${status} and sent nothing. It ignores this event, or a filter in the URL leaves it out.`,
    ),
  ];
}

const messageIn = (body) => {
  try {
    return JSON.parse(body).msg ?? body;
  } catch {
    return body;
  }
};

export function problem(words, hint) {
  return [h("h3", {}, "That did not work"), h("p", {}, words), hint ? h("p.muted", {}, hint) : ""];
}

function showMarkdown(messages) {
  const parts = messages.map((message) => {
    const place =
      message.type === "stream" ? `#${message.stream} › ${message.topic}` : `To ${message.to}`;
    return h(
      "section.part",
      {},
      h(
        "div.part-head",
        {},
        h("b", {}, place),
        h("span.muted", {}, ` from ${message.sender}`),
        h("span.space"),
        h(
          "button.quiet",
          { type: "button", onclick: () => copy(message.content, "Markdown") },
          "Copy",
        ),
      ),
      h("pre.source", { tabIndex: 0 }, message.content),
    );
  });
  fill(byId("panel-markdown"), parts.length > 0 ? parts : h("p.empty", {}, "No message was sent."));
}

function showResponse({ status, headers, body, error }) {
  const rows = headers.map(([name, value]) =>
    h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value)),
  );
  fill(
    byId("panel-response"),
    h(
      "section.part",
      {},
      h("div.part-head", {}, h("b", {}, `${status} ${STATUS_WORDS[status] ?? ""}`)),
      rows.length > 0 ? h("table", {}, h("tbody", {}, rows)) : undefined,
      body === ""
        ? h("p.empty", {}, "The body is empty.")
        : h("pre.source", { tabIndex: 0 }, pretty(body)),
    ),
    error
      ? h(
          "section.part",
          {},
          h(
            "div.part-head",
            {},
            h("b", {}, "Traceback"),
            h("span.muted", {}, " only here; the service does not get it"),
          ),
          h("pre.traceback", { tabIndex: 0 }, error.traceback.trimEnd()),
        )
      : undefined,
  );
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function showChecklist(items) {
  const done = items.filter((item) => item.done).length;
  fill(
    byId("panel-checklist"),
    h(
      "div.progress",
      {},
      h("b", {}, done === items.length ? "All done" : `${done} of ${items.length} done`),
      h("progress", { max: items.length, value: done, "aria-label": "Parts that are done" }),
    ),
    h(
      "ul.checklist",
      {},
      items.map((item) =>
        h(
          "li",
          {
            "data-kind": item.done
              ? "good"
              : item.problems[0]?.severity === "error"
                ? "bad"
                : "warn",
          },
          h("span.mark", { "aria-label": item.done ? "Done" : "To do" }, item.done ? "✓" : "!"),
          h("div", {}, h("b", {}, item.part), item.problems.map(problemItem)),
        ),
      ),
    ),
  );
}

function problemItem({ message, fix, path, line, rule }) {
  return h(
    "div.problem",
    {},
    h("p", {}, message),
    fix ? h("p.fix", {}, fix) : undefined,
    h("p.muted", {}, `${path}${line ? `:${line}` : ""} · ${rule}`),
  );
}
