/** What an event's name says: of `deployment.finished`, that a deployment was finished. */

export interface EventWords {
  /** What it is about, such as `deployment`. */
  readonly subject: string | undefined;
  /** What happened to it, such as `finished`. */
  readonly verb: string | undefined;
  /** True when the thing did it by itself, such as `failed`: then nobody else did. */
  readonly ownDeed: boolean;
  /** For a name without a deed: the whole name as a noun, in the singular, such as `pull request`. */
  readonly noun: string | undefined;
  /** The whole name as words, such as `Deployment finished`. */
  readonly label: string;
}

/** Past forms that do not end in "ed". */
const irregular = new Set(
  "sent paid won lost begun built run done made left read set put sold spent cut hit broken frozen written".split(
    " ",
  ),
);
/** What things do, and people do not do to them. */
const ownDeeds = new Set(
  "failed succeeded passed expired crashed recovered breached exceeded happened occurred appeared lapsed timed".split(
    " ",
  ),
);
/** Words that end in "ed" and say no deed. */
const otherwise = new Set(["feed", "need", "speed", "seed", "embed", "bed"]);

/**
 * Reads an event's name.
 * @param event Such as `deployment.finished`, `issue:created`, `Push Hook` or `dealWon`.
 */
export function wordsOfEvent(event: string): EventWords {
  const words = event
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const text = shortened(words);
  const label = text === "" ? "Notification" : text.charAt(0).toUpperCase() + text.slice(1);
  const last = words.at(-1) ?? "";
  const isDeed = irregular.has(last) || (/[a-z]{2}ed$/.test(last) && !otherwise.has(last));
  if (!isDeed) {
    const noun = text.replace(/([^sui])s$/, "$1");
    return {
      subject: undefined,
      verb: undefined,
      ownDeed: false,
      noun: noun === "" ? undefined : noun,
      label,
    };
  }
  const subject = shortened(words.slice(0, -1)) || undefined;
  return { subject, verb: last, ownDeed: ownDeeds.has(last), noun: undefined, label };
}

function shortened(words: readonly string[]): string {
  return [...words.join(" ")].slice(0, 60).join("").trim();
}
