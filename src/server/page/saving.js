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
export function saveFixture(selection, opening, draft) {
  const { integration, source, original } = selection.now;
  if (!integration) return;
  const saving = {
    integration: integration.name,
    draft,
    madeFrom: source.kind === "fixture" ? source.file : undefined,
    directory: integration.fixturesDirectory,
  };
  askForName(saving, (file) => {
    forgetSaved(keyOf(integration.name, source), draft, original);
    if (selection.isOpening || !same(selection.now.source, source)) selection.treeChanged();
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
function askForName({ integration, draft, madeFrom, directory }, saved) {
  const name = h("input", {
    id: "fixture-name",
    placeholder: "event__detail.json",
    spellcheck: false,
    autocomplete: "off",
    required: true,
  });
  const like = h("p.muted", { role: "status" });
  const words = h("div.notes", { role: "alert" });
  const confirm = h("button.primary", { type: "submit" }, "Save");
  let allowSecrets = false;
  const submit = async (event) => {
    event.preventDefault();
    if (confirm.disabled) return;
    confirm.disabled = true;
    const file = name.value.trim();
    try {
      const result = await post("fixtures", {
        integration,
        file,
        body: draft.body,
        encoding: draft.encoding,
        allowSecrets,
      });
      if (result.saved) {
        dialog.close();
        toast(`Saved ${result.path}`);
        return saved(file);
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
      like,
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
  void suggest();

  /** The name that `capture` would give it. What was typed until it is there stays. */
  async function suggest() {
    const asked = { integration, madeFrom, ...draft };
    const answer = await post("fixtures/name", asked).catch(() => undefined);
    if (!answer || name.value !== "") return;
    name.value = answer.file;
    name.setSelectionRange(0, name.value.lastIndexOf("."));
    like.textContent = answer.like ? `${answer.like} has a payload of this shape already.` : "";
  }
}
