/** Light, dark, or as the system is: the button that changes it. */
import { recall, remember } from "./store.js";

const COLOURS = { system: "◐", light: "☀", dark: "☾" };

/** Shows the colours that were chosen the last time, and lets the button choose others. */
export function offerColours(button) {
  const chosen = () => recall("colours") ?? "system";
  button.addEventListener("click", () => {
    const order = Object.keys(COLOURS);
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    remember("colours", next);
    show(button, next);
  });
  show(button, chosen());
}

function show(button, choice) {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  const words = choice === "system" ? "Colours: as the system" : `Colours: ${choice}`;
  button.textContent = COLOURS[choice];
  button.title = words;
  button.setAttribute("aria-label", words);
}
