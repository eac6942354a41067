/** The request that is being written: method, path, parameters, headers and payload. */
import { byId, h, tabs } from "./dom.js";
import { createEditor } from "./editor.js";
import { createFields } from "./fields.js";
import { recall, remember } from "./store.js";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];

/** @param onInput Told each edit. */
export function createRequest(onInput) {
  const editor = createEditor(byId("panel-payload"), onInput);
  const headers = createFields(
    byId("panel-headers"),
    {
      what: "header",
      suggest: ["Content-Type", "Authorization", "User-Agent"],
      note: "Headers that a service sends. Those that the integration derives from a fixture's name are filled in.",
    },
    onInput,
  );
  const parameters = createFields(
    byId("panel-parameters"),
    {
      what: "parameter",
      suggest: ["api_key", "stream", "topic", "only_events", "exclude_events"],
      note: "Of the URL. Without a stream the message goes to the bot's owner; topic wins over the integration's own; only_events and exclude_events are JSON lists such as [\"push*\"].",
    },
    onInput,
  );
  const method = byId("method");
  const path = byId("path");
  method.append(...METHODS.map((name) => h("option", {}, name)));
  method.addEventListener("change", onInput);
  path.addEventListener("input", onInput);
  const parts = tabs(
    byId("request-tabs"),
    [
      ["payload", "Payload"],
      ["headers", "Headers"],
      ["parameters", "Parameters"],
    ],
    (id) => remember("requestTab", id),
  );
  parts.choose(recall("requestTab") ?? "payload");
  const showCounts = () => {
    parts.badge("headers", String(headers.pairs.length || ""));
    parts.badge("parameters", String(parameters.pairs.length || ""));
  };

  return {
    /** The request as it stands. */
    get draft() {
      return {
        method: method.value,
        path: path.value,
        parameters: parameters.pairs,
        headers: headers.pairs,
        body: editor.body,
        encoding: editor.encoding,
      };
    },
    show(draft) {
      if (![...method.options].some(({ value }) => value === draft.method))
        method.append(h("option", {}, draft.method));
      method.value = draft.method;
      path.value = draft.path;
      parameters.show(draft.parameters);
      headers.show(draft.headers);
      editor.show(draft.body, draft.encoding);
    },
    /**
     * Says what the request is.
     * @param words Where it comes from.
     * @param verb What sending it is called.
     */
    mark(words, verb, isEdited) {
      showCounts();
      byId("reset").hidden = !isEdited;
      byId("send").textContent = verb;
      byId("source").textContent = `${words}${isEdited ? " · edited" : ""}`;
    },
    /** Puts the cursor into a part. */
    edit(part) {
      parts.choose(part);
      if (part === "payload") editor.area.focus();
      else (part === "headers" ? headers : parameters).focus();
    },
  };
}

/** Whether two requests are the same. */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A request as the page can hold it: a header or parameter without a name has no row. */
export const holdable = (draft) => ({
  method: draft.method,
  path: draft.path,
  parameters: draft.parameters.filter(([name]) => name !== ""),
  headers: draft.headers.filter(([name]) => name !== ""),
  body: draft.body,
  encoding: draft.encoding,
});
