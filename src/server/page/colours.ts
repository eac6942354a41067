/** Light, dark, or as the system is: the button that changes it, and who wants to know. */
import { recall, remember } from "./store.ts";

const COLOURS = { system: "◐", light: "☀", dark: "☾" } as const;
type Choice = keyof typeof COLOURS;

const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", tell);

const chosen = (): Choice => {
  const kept = recall<Choice>("colours");
  return kept !== undefined && kept in COLOURS ? kept : "system";
};

/** Whether the page is dark now. */
export const isDark = (): boolean => (chosen() === "system" ? system.matches : chosen() === "dark");

/** Tells a listener each time that the page may have become light or dark. */
export function onColours(listener: () => void): void {
  listeners.add(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Shows the colours that were chosen the last time, and lets the button choose others. */
export function offerColours(button: HTMLButtonElement): void {
  button.addEventListener("click", () => {
    const order = Object.keys(COLOURS) as Choice[];
    const next = order[(order.indexOf(chosen()) + 1) % order.length] ?? "system";
    remember("colours", next);
    show(button, next);
    tell();
  });
  show(button, chosen());
}

function show(button: HTMLButtonElement, choice: Choice): void {
  const { dataset } = document.documentElement;
  if (choice === "system") delete dataset.theme;
  else dataset.theme = choice;
  const words = choice === "system" ? "Colours: as the system" : `Colours: ${choice}`;
  button.textContent = COLOURS[choice];
  button.title = words;
  button.setAttribute("aria-label", words);
}
