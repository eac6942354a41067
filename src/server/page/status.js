/** Whether things work: the word on the engine, and the banner. */
import { byId, fill, h } from "./dom.js";

const WORDS = { starting: "Starting Python", ready: "Ready", broken: "Code does not load" };

export function createStatus() {
  const chip = byId("engine");
  const banner = byId("banner");
  /** By what they are about; the first one is shown. */
  const problems = { connection: undefined, engine: undefined, opening: undefined };

  function say(about, problem) {
    problems[about] = problem;
    const first = Object.values(problems).find((one) => one !== undefined);
    banner.hidden = first === undefined;
    if (first) fill(banner, h("b", {}, first.message), first.hint ? ` ${first.hint}` : "");
  }
  function showChip(state, words, title = "") {
    chip.dataset.state = state;
    chip.lastElementChild.textContent = words;
    chip.title = title;
  }
  return {
    /** @param problem Its message and hint; undefined when it is over. */
    say,
    engine({ is, message, hint }) {
      showChip(is, WORDS[is], message);
      say("engine", is === "broken" ? { message, hint } : undefined);
    },
    notConnected: () => showChip("broken", "Not connected"),
  };
}
