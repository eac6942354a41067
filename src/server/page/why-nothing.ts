/** The reason, in words, when there is no message. */
import { h } from "./dom.ts";
import type { DrawnOutcome } from "./model.ts";

export function whyNothing({ status, body, error }: DrawnOutcome): (Node | false)[] {
  if (error) return whyRaised(error);
  if (status === 404 && body.trim() === "Not Found") {
    return says(
      "Nothing answers at this address",
      "No integration of this tree has this URL. It ends in its name, without a slash.",
    );
  }
  if (status >= 400) return says(`The view answered ${status}`, messageIn(body));
  return says(
    "No message",
    `The view answered ${status} and sent nothing. It ignores this event, or a filter in the URL leaves it out.`,
  );
}

const says = (title: string, words: string): Node[] => [h("h3", {}, title), h("p", {}, words)];

function whyRaised({
  type,
  message,
  path,
  line,
  traceback,
}: NonNullable<DrawnOutcome["error"]>): (Node | false)[] {
  const title =
    type === "NotRun" ? "The tree's code does not load" : "The view raised an exception";
  const place = path === undefined ? "" : `${path}${line ? `:${line}` : ""}`;
  return [
    h("h3", {}, title),
    h("p", {}, h("code", {}, type), " ", message),
    place !== "" && h("p.muted", {}, place),
    h("pre.traceback", { tabIndex: 0 }, traceback.trimEnd()),
  ];
}

function messageIn(body: string): string {
  try {
    return JSON.parse(body).msg ?? body;
  } catch {
    return body;
  }
}
