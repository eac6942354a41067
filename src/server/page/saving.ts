/** Saving the payload as a fixture. */
import { post } from "./api.ts";
import { openDialog } from "./dialogs.ts";
import { button, fill, h, toast } from "./dom.ts";
import { type Draft, same } from "./model.ts";
import type { Opening } from "./opening.ts";
import type { Selection } from "./selection.ts";
import { draftOf, keepDraft, keyOf } from "./store.ts";

interface Saving {
  integration: string;
  draft: Draft;
  madeFrom: string | undefined;
  /** Where fixtures go. */
  directory: string;
}

type Answer = { saved: true; path: string } | { saved: false; secrets: string[] };

/**
 * Asks for a name, and saves the payload under it.
 *
 * The new fixture opens in the place of what it was made from. Who has opened something else until it was written has
 * gone on to that, and stays there: the list shows the fixture then.
 * @param draft The request that the payload is of.
 */
export function saveFixture(selection: Selection, opening: Opening, draft: Draft): void {
  const { integration, source, original } = selection.now;
  if (!integration || !source || !original) return;
  const { name } = integration;
  const saving = {
    integration: name,
    draft,
    madeFrom: source.kind === "fixture" ? source.file : undefined,
    directory: integration.fixturesDirectory,
  };
  askForName(saving, (file) => {
    forgetSaved(keyOf(name, source), draft, original);
    if (selection.isOpening || !same(selection.now.source, source)) selection.treeChanged();
    else void opening.openIntegration(name, { kind: "fixture", file });
  });
}

/** The edited payload is in the fixture now. What was edited besides it, or after it, is not. */
function forgetSaved(key: string, saved: Draft, original: Draft): void {
  const kept = draftOf(key);
  if (kept === undefined || kept.body !== saved.body) return;
  const rest = { ...kept, body: original.body, encoding: original.encoding };
  keepDraft(key, same(rest, original) ? undefined : rest);
}

/** Asks for a name, and writes the payload as a fixture. What looks like a secret is shown first. */
function askForName(saving: Saving, saved: (file: string) => void): void {
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
  const advice = `In ${saving.directory}. Name it event__detail: views read the event from the first part.`;
  let allowSecrets = false;

  async function save(): Promise<void> {
    const file = name.value.trim();
    const { integration, draft } = saving;
    const { body, encoding } = draft;
    const plan = { integration, file, body, encoding, allowSecrets };
    const answer = await post<Answer>("fixtures", plan);
    if (answer.saved) {
      dialog.close();
      toast(`Saved ${answer.path}`);
      return saved(file);
    }
    allowSecrets = true;
    confirm.textContent = "Save all the same";
    confirm.className = "danger";
    fill(words, ...secretWords(answer.secrets));
  }
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (confirm.disabled) return;
    confirm.disabled = true;
    try {
      await save();
    } catch (error) {
      const { message, hint } = error as Error & { hint?: string };
      fill(words, h("p", {}, message), hint !== undefined && h("p.muted", {}, hint));
    } finally {
      confirm.disabled = false;
    }
  }
  const cancel = button("quiet", "Cancel", () => dialog.close());
  const dialog = openDialog(
    "Save as fixture",
    "saving",
    h(
      "form",
      { onsubmit: submit },
      h("h2", {}, "Save as fixture"),
      h("label", { for: "fixture-name" }, "File name"),
      name,
      h("p.muted", {}, advice),
      like,
      words,
      h("div.actions", {}, cancel, confirm),
    ),
  );
  name.focus();
  void suggestInto(name, like, saving);
}

function secretWords(secrets: readonly string[]): Node[] {
  return [
    h("p", {}, "A fixture becomes public. This payload holds:"),
    h(
      "ul",
      {},
      secrets.map((text) => h("li", {}, text)),
    ),
    h("p", {}, "Replace it in the payload, or save it if it is no secret."),
  ];
}

/** The name that `capture` would give it. What was typed until it is there stays. */
async function suggestInto(
  name: HTMLInputElement,
  like: HTMLElement,
  { integration, madeFrom, draft }: Saving,
): Promise<void> {
  const asked = { integration, madeFrom, ...draft };
  const answer = await post<{ file: string; like?: string }>("fixtures/name", asked).catch(
    () => undefined,
  );
  if (!answer || name.value !== "") return;
  name.value = answer.file;
  name.setSelectionRange(0, name.value.lastIndexOf("."));
  like.textContent = answer.like ? `${answer.like} has a payload of this shape already.` : "";
}
