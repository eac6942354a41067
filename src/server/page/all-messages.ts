/** All messages of an integration beside each other, and which of them an edit has changed. */
import { at, post } from "./api.ts";
import { byId, h, toast } from "./dom.ts";
import { createLatest } from "./latest.ts";
import { matches } from "./lists.ts";
import { createMessageList, type MessageList } from "./message-list.ts";
import type { ComparedWith, MessageRow, MessagesView } from "./model.ts";
import { recall, remember } from "./store.ts";

export interface AllMessages {
  /** Shows those of an integration, and asks for them anew. */
  show(name: string): void;
  hide(): void;
  /** The tree has changed, or another commit is checked out. */
  treeChanged(): void;
  /** Only fixtures with these words in their names. */
  filter(words: string): void;
  onlyChanged(): void;
  markSeen(): void;
  /** Moves to the fixture that stands so many lines below the one that has the focus. */
  step(by: number): void;
  /** How many differ from what they are compared with. */
  readonly changed: number;
}

export interface AllMessagesParts {
  /** Opens a fixture by itself. */
  open(file: string): void;
  /** Told when `changed` may be another number. */
  onCount(): void;
}

const isChanged = ({ status }: MessageRow): boolean => status !== "same";

export function createAllMessages(parts: AllMessagesParts): AllMessages {
  const latest = createLatest();
  const against = byId<HTMLSelectElement>("against");
  const only = byId<HTMLButtonElement>("only-changed");
  let list: MessageList | undefined;
  let name: string | undefined;
  let isShown = false;
  let words = "";
  let isOnlyChanged = recall<boolean>("onlyChanged") ?? false;
  let view: MessagesView | undefined;
  /** As the heading says: of the last time that all was there. */
  let changed = 0;
  against.value = recall<ComparedWith>("against") ?? "seen";

  /** Asks until all is there that is asked for; one line of questions, of which the latest counts. */
  async function follow(): Promise<void> {
    const signal = latest.next();
    if (!isShown || name === undefined) return;
    list ??= createMessageList(byId("panel-all"), parts.open);
    if (!view) list.say(h("p.empty", {}, "Delivering the fixtures …"));
    const path = `integrations/${at(name)}/messages`;
    try {
      let answer: MessagesView;
      do {
        const question = { against: comparedWith(), ...list.known() };
        answer = await post<MessagesView>(path, question, signal);
        if (!signal.aborted) await list.put(answer);
        if (signal.aborted) return;
        view = answer;
        showAll(view, list);
      } while (answer.isUnderWay);
    } catch (error) {
      if (!signal.aborted) failed(error as Error);
    }
  }

  function failed({ message }: Error): void {
    byId("all-progress").textContent = "";
    // What is there stays: the banner says what is wrong with the server.
    if (view) toast(message, "bad");
    else list?.say(h("h3", {}, "That did not work"), h("p", {}, message));
  }

  function showAll(now: MessagesView, shownIn: MessageList): void {
    const { rows, isUnderWay } = now;
    byId("all-progress").textContent = progressOf(now);
    // Read aloud once all is there, not at each step on the way.
    if (!isUnderWay) {
      byId("all-count").textContent = countsOf(now);
      changed = rows.filter(isChanged).length;
    }
    byId<HTMLButtonElement>("mark-seen").disabled =
      comparedWith() !== "seen" || !rows.some(isChanged);
    const commit = against.querySelector<HTMLOptionElement>('[value="commit"]');
    if (commit) commit.hidden = commit.disabled = now.commit === undefined;
    if (now.commit === undefined) against.value = "seen";
    const isIn = (row: MessageRow): boolean =>
      matches(words, row.fixture) && (!isOnlyChanged || isChanged(row));
    const count = shownIn.filter(isIn);
    if (count === 0) shownIn.say(h("p.empty", {}, whyEmpty(now)));
    parts.onCount();
  }

  function whyEmpty({ rows, isUnderWay }: MessagesView): string {
    if (isUnderWay) return "Delivering the fixtures …";
    if (rows.length === 0) return "There is no message: the tree's code does not load.";
    if (!rows.some((row) => matches(words, row.fixture))) return "No fixture has these words.";
    return "No message has changed.";
  }

  const refilter = (): void => {
    only.setAttribute("aria-pressed", String(isOnlyChanged));
    if (view && list) showAll(view, list);
  };
  const comparedWith = (): ComparedWith => (against.value === "commit" ? "commit" : "seen");
  against.addEventListener("change", () => {
    remember("against", comparedWith());
    void follow();
  });
  refilter();

  async function markSeen(): Promise<void> {
    if (!isShown || name === undefined || comparedWith() !== "seen") return;
    await post(`integrations/${at(name)}/messages/seen`);
    await follow();
  }

  return {
    show(wanted) {
      if (wanted !== name) {
        view = undefined;
        list?.clear();
        byId("all-count").textContent = "";
        changed = 0;
      }
      isShown = true;
      name = wanted;
      void follow();
    },
    hide() {
      isShown = false;
      latest.drop();
    },
    treeChanged: () => void follow(),
    filter(text) {
      words = text;
      refilter();
    },
    onlyChanged() {
      if (!isShown) return;
      isOnlyChanged = !isOnlyChanged;
      remember("onlyChanged", isOnlyChanged);
      refilter();
    },
    markSeen: () => void markSeen().catch((error: Error) => toast(error.message, "bad")),
    step: (by) => list?.step(by),
    get changed() {
      return changed;
    },
  };
}

function progressOf({ left, isUnderWay, trouble }: MessagesView): string {
  if (trouble !== undefined) return trouble;
  if (isUnderWay)
    return left > 0 ? `Delivering, ${left} to go …` : "Delivering those of the last commit …";
  return left > 0 ? `Stopped after a minute, with ${left} to go. Any edit begins anew.` : "";
}

function countsOf({ rows, leftOut }: MessagesView): string {
  const count = (isOne: (row: MessageRow) => boolean): number => rows.filter(isOne).length;
  const kinds = [
    [count(({ status }) => status === "changed"), "changed"],
    [count(({ status }) => status === "added"), "new"],
    [count(({ status }) => status === "removed"), "gone"],
    [count(({ fails }) => fails), count(({ fails }) => fails) === 1 ? "fails" : "fail"],
    [leftOut, "not shown"],
  ] as const;
  const all = `${rows.length} ${rows.length === 1 ? "fixture" : "fixtures"}`;
  return [all, ...kinds.flatMap(([number, word]) => (number > 0 ? `${number} ${word}` : []))].join(
    " · ",
  );
}
