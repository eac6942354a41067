/** Dialogs: how one opens and closes, and the list of keys. */
import { button, h } from "./dom.ts";
import type { Key } from "./keys.ts";

/** Opens a dialog. Escape and a click beside it close it; it is gone then. */
export function openDialog(
  title: string,
  kind: string,
  ...children: (Node | string)[]
): HTMLDialogElement {
  const dialog = h(
    `dialog.sheet.${kind}`,
    {
      "aria-label": title,
      onclose: () => dialog.remove(),
      onclick: (event: Event) => event.target === dialog && dialog.close(),
    },
    children,
  ) as HTMLDialogElement;
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Shows what the keys do. */
export function showKeys(keys: readonly Key[]): void {
  if (document.querySelector("dialog.helping")) return;
  const rows = keys.map(({ label, does }) =>
    h(
      "div",
      {},
      h(
        "dt",
        {},
        label.split(" ").map((key) => h("kbd", {}, key)),
      ),
      h("dd", {}, does),
    ),
  );
  const dialog = openDialog(
    "Keyboard shortcuts",
    "helping",
    h("h2", {}, "Keyboard shortcuts"),
    h("dl", {}, rows),
    h(
      "div.actions",
      {},
      button("quiet", "Close", () => dialog.close()),
    ),
  );
}
