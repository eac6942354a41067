/** The request that is being written: method, path, parameters, headers and payload. */
import { byId, h } from "./dom.ts";
import { createEditor } from "./editor.ts";
import { createParameters } from "./fields.ts";
import { createHeaders } from "./headers.ts";
import type { Draft } from "./model.ts";
import { recall, remember } from "./store.ts";
import { createTabs } from "./tabs.ts";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];

export interface Request {
  /** The request as it stands. */
  readonly draft: Draft;
  show(draft: Draft): void;
  /**
   * Says what the request is.
   * @param words Where it comes from.
   * @param verb What sending it is called.
   */
  mark(words: string, verb: string, isEdited: boolean): void;
  /** Puts the cursor into a part. */
  edit(part: "payload" | "headers" | "parameters"): void;
}

/** @param onInput Told each edit. */
export function createRequest(onInput: () => void): Request {
  const editor = createEditor(byId("panel-payload"), onInput);
  const headers = createHeaders(byId("panel-headers"), onInput);
  const parameters = createParameters(byId("panel-parameters"), onInput);
  const method = byId<HTMLSelectElement>("method");
  const path = byId<HTMLInputElement>("path");
  method.append(...METHODS.map((name) => h("option", {}, name)));
  method.addEventListener("change", onInput);
  path.addEventListener("input", onInput);
  const parts = createTabs(
    byId("request-tabs"),
    [
      ["payload", "Payload"],
      ["headers", "Headers"],
      ["parameters", "Parameters"],
    ],
    (id) => remember("requestTab", id),
  );
  parts.choose(recall("requestTab") ?? "payload");

  return {
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
    mark(words, verb, isEdited) {
      parts.badge("headers", String(headers.pairs.length || ""));
      parts.badge("parameters", String(parameters.pairs.length || ""));
      byId("reset").hidden = !isEdited;
      byId("send").textContent = verb;
      byId("source").textContent = `${words}${isEdited ? " · edited" : ""}`;
    },
    edit(part) {
      parts.choose(part);
      ({ payload: editor, headers, parameters })[part].focus();
    },
  };
}
