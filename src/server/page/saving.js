/** Saving the payload as a fixture. */
import { post } from "./api.js";
import { openDialog } from "./dialogs.js";
import { fill, h, toast } from "./dom.js";
import { same } from "./request.js";
import { draftOf, keepDraft, keyOf } from "./store.js";

/**
 * Asks for a name, and saves the payload under it.
 *
 * The new fixture opens in the place of what it was made from. Who has opened something else until it was written has
 * gone on to that, and stays there: the list shows the fixture then.
 * @param draft The request that the payload is of.
 */
export function saveFixture(desk, opening, draft) {
  const { integration, source, original } = desk.now;
  if (!integration) return;
  const saving = {
    integration: integration.name,
    suggestion: suggestionFor(source, draft),
    body: draft.body,
    encoding: draft.encoding,
    directory:
      integration.fixtures[0]?.path.replace(/\/[^/]*$/, "") ??
      `${integration.name}'s fixtures folder`,
  };
  askForName(saving, (file) => {
    forgetSaved(keyOf(integration.name, source), draft, original);
    if (desk.isOpening || !same(desk.now.source, source)) desk.treeChanged();
    else void opening.openIntegration(integration.name, { kind: "fixture", file });
  });
}

/** The edited payload is in the fixture now. What was edited besides it, or after it, is not. */
function forgetSaved(key, saved, original) {
  const kept = draftOf(key);
  if (kept === undefined || kept.body !== saved.body) return;
  const rest = { ...kept, body: original.body, encoding: original.encoding };
  keepDraft(key, same(rest, original) ? undefined : rest);
}

/** Asks for a name, and writes the payload as a fixture. What looks like a secret is shown first. */
function askForName({ integration, suggestion, body, encoding, directory }, saved) {
  const name = h("input", {
    id: "fixture-name",
    value: suggestion,
    spellcheck: false,
    autocomplete: "off",
    required: true,
  });
  const words = h("div.notes", { role: "alert" });
  const confirm = h("button.primary", { type: "submit" }, "Save");
  let allowSecrets = false;
  const submit = async (event) => {
    event.preventDefault();
    if (confirm.disabled) return;
    confirm.disabled = true;
    try {
      const result = await post("fixtures", {
        integration,
        file: name.value.trim(),
        body,
        encoding,
        allowSecrets,
      });
      if (result.saved) {
        dialog.close();
        toast(`Saved ${result.path}`);
        return saved(name.value.trim());
      }
      allowSecrets = true;
      confirm.textContent = "Save all the same";
      confirm.className = "danger";
      fill(
        words,
        h("p", {}, "A fixture becomes public. This payload holds:"),
        h(
          "ul",
          {},
          result.secrets.map((text) => h("li", {}, text)),
        ),
        h("p", {}, "Replace it in the payload, or save it if it is no secret."),
      );
    } catch (error) {
      fill(words, h("p", {}, error.message), error.hint ? h("p.muted", {}, error.hint) : undefined);
    } finally {
      confirm.disabled = false;
    }
  };
  const dialog = openDialog(
    "Save as fixture",
    "saving",
    h(
      "form",
      { onsubmit: submit },
      h("h2", {}, "Save as fixture"),
      h("label", { for: "fixture-name" }, "File name"),
      name,
      h(
        "p.muted",
        {},
        `In ${directory}. Name it event__detail: views read the event from the first part.`,
      ),
      words,
      h(
        "div.actions",
        {},
        h("button.quiet", { type: "button", onclick: () => dialog.close() }, "Cancel"),
        confirm,
      ),
    ),
  );
  name.focus();
  name.setSelectionRange(0, name.value.lastIndexOf("."));
}

function suggestionFor(source, { headers }) {
  const stem =
    source.kind === "fixture"
      ? source.file.replace(/(\.[^.]*)?$/, "_2$1")
      : `${eventWord(headers)}__captured${endingOf(headers)}`;
  return stem === "_2" ? `event__detail${endingOf(headers)}` : stem;
}

/** The event as a header of the service names it. */
function eventWord(headers) {
  const value = headers.find(([name]) => /event|topic|trigger/i.test(name))?.[1] ?? "event";
  return (
    value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "") || "event"
  );
}

function endingOf(headers) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return /multipart/.test(type)
    ? ".multipart"
    : /xml/.test(type)
      ? ".xml"
      : /json/.test(type)
        ? ".json"
        : ".txt";
}
