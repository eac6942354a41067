/** What becomes of the request. One line of questions: the answer to the latest one is shown, and no other. */
import { post } from "./api.js";
import { byId, settled, toast } from "./dom.js";
import { createLatest } from "./latest.js";

const TRY_AFTER_MS = 180;

/**
 * @param draftNow The request as it stands.
 * @param result Where the answer is shown.
 */
export function createOutcomes(draftNow, result) {
  const latest = createLatest();
  const timing = byId("timing");

  /** A new question: a draft that waits to be tried, or is being tried, is not asked about any more. */
  function begin() {
    tryLater.cancel();
    timing.dataset.busy = "true";
    return latest.next();
  }

  function end(signal, show) {
    if (signal.aborted) return;
    delete timing.dataset.busy;
    show();
  }

  /** Asks what would become of the request as it stands. */
  async function tryNow() {
    const signal = begin();
    try {
      const outcome = await post("try", draftNow(), signal);
      end(signal, () => result.show(outcome));
    } catch (error) {
      end(signal, () => result.failed(error));
    }
  }

  const tryLater = settled(() => void tryNow(), TRY_AFTER_MS);

  /** Sends it for good. It is not taken back when something else is asked: it is only not shown then. */
  async function send() {
    const signal = begin();
    try {
      const { outcome, summary } = await post("send", draftNow());
      toast(`Sent: ${outcome.status}`, outcome.status < 400 ? "" : "bad");
      end(signal, () => result.show(outcome, summary));
    } catch (error) {
      toast(error.message, "bad");
      end(signal, () => undefined);
    }
  }

  return {
    tryNow,
    tryLater,
    send,
    /** Shows what became of a request that was served. */
    show({ outcome, summary }) {
      end(begin(), () => result.show(outcome, summary));
    },
  };
}
