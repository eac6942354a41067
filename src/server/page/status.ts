/** Whether things work: the word on the engine, and the banner. */
import { byId, fill, h } from "./dom.ts";
import type { EngineState, Trouble } from "./model.ts";

const WORDS = { starting: "Starting Python", ready: "Ready", broken: "Code does not load" };

/** What the banner can be about; the first one that is in trouble is shown. */
type About = "connection" | "engine" | "opening";

export interface Status {
  /** @param trouble Undefined when it is over. */
  say(about: About, trouble: Trouble | undefined): void;
  engine(state: EngineState): void;
  notConnected(): void;
}

export function createStatus(): Status {
  const chip = byId("engine");
  const banner = byId("banner");
  const troubles: Record<About, Trouble | undefined> = {
    connection: undefined,
    engine: undefined,
    opening: undefined,
  };

  function say(about: About, trouble: Trouble | undefined): void {
    troubles[about] = trouble;
    const first = Object.values(troubles).find((one) => one !== undefined);
    banner.hidden = first === undefined;
    if (first) fill(banner, h("b", {}, first.message), first.hint ? ` ${first.hint}` : "");
  }
  function showChip(state: string, words: string, title = ""): void {
    chip.dataset.state = state;
    fill(chip, h("i"), h("span", {}, words));
    chip.title = title;
  }
  return {
    say,
    engine(state) {
      const { message, hint } = state.is === "broken" ? state : {};
      showChip(state.is, WORDS[state.is], message);
      say("engine", message === undefined ? undefined : { message, hint });
    },
    notConnected() {
      showChip("broken", "Not connected");
      say("engine", undefined);
    },
  };
}
