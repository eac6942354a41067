/** What becomes of the request. One line of questions: the answer to the latest one is shown, and no other. */
import { post } from "./api.ts";
import { settled, toast } from "./dom.ts";
import { createLatest } from "./latest.ts";
import type { Draft, DrawnOutcome, DrawnRequest } from "./model.ts";
import type { Result } from "./result.ts";

const TRY_AFTER_MS = 180;

export interface Outcomes {
  /** Asks what would become of the request as it stands. */
  tryNow(): Promise<void>;
  tryLater(): void;
  /** Sends it for good. It is not taken back when something else is asked: it is only not shown then. */
  send(): Promise<void>;
  /** Shows what became of a request that was served. */
  show(logged: Pick<DrawnRequest, "summary" | "outcome">): void;
  /** What is shown is of another request from now on; no answer is asked for yet. */
  leave(): void;
}

/**
 * @param draftNow The request as it stands.
 * @param result Where the answer is shown.
 */
export function createOutcomes(draftNow: () => Draft, result: Result): Outcomes {
  const latest = createLatest();

  /** A new question: a draft that waits to be tried, or is being tried, is not asked about any more. */
  function begin(): AbortSignal {
    later.cancel();
    result.working();
    return latest.next();
  }

  function end(signal: AbortSignal, show: () => void): void {
    if (!signal.aborted) show();
  }

  async function tryNow(): Promise<void> {
    const signal = begin();
    try {
      const outcome = await post<DrawnOutcome>("try", draftNow(), signal);
      end(signal, () => void result.show(outcome));
    } catch (error) {
      end(signal, () => result.failed(error as Error));
    }
  }

  const later = settled(() => void tryNow(), TRY_AFTER_MS);

  return {
    tryNow,
    tryLater() {
      result.working();
      later();
    },
    async send() {
      const signal = begin();
      try {
        const { outcome, summary } = await post<DrawnRequest>("send", draftNow());
        toast(`Sent: ${outcome.status}`, outcome.status < 400 ? "" : "bad");
        end(signal, () => void result.show(outcome, summary));
      } catch (error) {
        toast((error as Error).message, "bad");
        end(signal, () => result.failed(error as Error));
      }
    },
    show({ outcome, summary }) {
      end(begin(), () => void result.show(outcome, summary));
    },
    leave() {
      later.cancel();
      latest.drop();
      result.leave();
    },
  };
}
