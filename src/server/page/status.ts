/** Whether things work: the word on the engine, and the banner. */
import type { Connection } from "./api.ts";
import { byId, fill, h, withCode } from "./dom.ts";
import type { EngineState, Trouble } from "./model.ts";

const WORDS = { starting: "Starting Python", ready: "Ready", broken: "Code does not load" };

/** What the banner can be about; the first one that is in trouble is shown. */
type About = "connection" | "engine" | "opening";

export interface Status {
  /** @param trouble Undefined when it is over. */
  say(about: About, trouble: Trouble | undefined): void;
  engine(state: EngineState): void;
  connection(state: Connection): void;
}

/** The port that `dev` takes by itself. */
const USUAL_PORT = "9981";

/** What to do about a server that does not answer as it should. */
function troubleOf(connection: Exclude<Connection, "there">): Trouble {
  const option = location.port === USUAL_PORT ? "" : ` --port ${location.port}`;
  if (connection === "gone") {
    return {
      message: "The server has stopped.",
      hint: `Start \`connect-webhook dev${option}\` again: this page goes on by itself then, with what you edited. On another port it has another address, which the terminal shows.`,
    };
  }
  const hint = "Open the address that the terminal shows";
  if (connection === "other") {
    return {
      message:
        "This page has no access: another program answers at this address, or another tree's `dev`.",
      hint: `${hint}, or end that program and start \`connect-webhook dev${option}\` again.`,
    };
  }
  return {
    message: "This page has no access.",
    hint: `${hint}: the server is another one, or this is another tab.`,
  };
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
    if (first) fill(banner, h("b", {}, withCode(first.message)), " ", withCode(first.hint ?? ""));
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
    connection(state) {
      if (state === "there") return say("connection", undefined);
      showChip("broken", "Not connected");
      say("engine", undefined);
      say("connection", troubleOf(state));
    },
  };
}
