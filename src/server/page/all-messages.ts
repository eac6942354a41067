/** All messages of an integration beside each other, and which of them an edit has changed. */
import { countsOf, isChanged, progressOf } from "./all-counts.ts";
import { createAllFilter, type Switch } from "./all-filter.ts";
import { at, post } from "./api.ts";
import { byId, h, toast } from "./dom.ts";
import { createLatest } from "./latest.ts";
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
  /** Turns one of the switches of what is shown. */
  turn(which: Switch): void;
  markSeen(): void;
  /** Moves to the fixture that stands so many lines below the one that has the focus. */
  step(by: number): void;
  /** How many of those with the filter's words differ from what they are compared with. */
  readonly changed: number;
  /** What the list of fixtures marks: which of them fail or have changed. */
  mark(file: string): "fails" | "changed" | undefined;
}

export interface AllMessagesParts {
  /** Opens a fixture by itself. */
  open(file: string): void;
  /** Told when `changed` may be another number, and other fixtures are to be marked. */
  onCount(): void;
}

export function createAllMessages(parts: AllMessagesParts): AllMessages {
  const latest = createLatest();
  const against = byId<HTMLSelectElement>("against");
  const filter = createAllFilter();
  let list: MessageList | undefined;
  let name: string | undefined;
  let isShown = false;
  let view: MessagesView | undefined;
  /** As the heading says: of the last time that all was there. */
  let changed = 0;
  let marks = new Map<string, "fails" | "changed">();
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
    const { isUnderWay, trouble = "" } = now;
    const rows = filter.named(now.rows);
    const shown = filter.shown(rows);
    byId("all-progress").textContent = progressOf(now);
    byId("all-trouble").textContent = trouble && [trouble, staleWords(now)].join(" ").trim();
    byId("all-trouble").hidden = trouble === "";
    // Read aloud once all is there, not at each step on the way.
    if (!isUnderWay) {
      byId("all-count").textContent = now.rows.length > 0 ? countsOf(rows, now) : "";
      changed = rows.filter(isChanged).length;
      marks = marksOf(now.rows);
    }
    offerMark(seenWith(shown, rows).filter(isChanged).length, rows.filter(isChanged).length);
    const commit = against.querySelector<HTMLOptionElement>('[value="commit"]');
    if (commit) commit.hidden = commit.disabled = now.commit === undefined;
    if (now.commit === undefined) against.value = "seen";
    shownIn.filter(shown, alikeIn(rows));
    if (shown.length === 0) shownIn.say(h("p.empty", {}, whyEmpty(now, rows)));
    parts.onCount();
  }

  /** @param count How many would be marked, of so many that have changed. */
  function offerMark(count: number, all: number): void {
    const button = byId<HTMLButtonElement>("mark-seen");
    button.disabled = comparedWith() !== "seen" || count === 0;
    button.textContent = count > 0 && count < all ? `Mark ${count} as seen` : "Mark as seen";
  }

  function whyEmpty(now: MessagesView, named: readonly MessageRow[]): string {
    if (now.isUnderWay) return "Delivering the fixtures …";
    if (now.rows.length === 0) return "There is no message.";
    if (named.length === 0) return "No fixture has these words.";
    return named.some(isChanged) ? "No message is like this." : "No message has changed.";
  }

  const refilter = (): void => {
    if (view && list) showAll(view, list);
  };
  const comparedWith = (): ComparedWith => (against.value === "commit" ? "commit" : "seen");
  against.addEventListener("change", () => {
    remember("against", comparedWith());
    void follow();
  });

  async function markSeen(): Promise<void> {
    if (!isShown || !view || name === undefined || comparedWith() !== "seen") return;
    const rows = filter.named(view.rows);
    const fixtures = seenWith(filter.shown(rows), rows).map(({ fixture }) => fixture);
    await post(`integrations/${at(name)}/messages/seen`, { fixtures });
    await follow();
  }

  return {
    show(wanted) {
      if (wanted !== name) {
        view = undefined;
        list?.clear();
        byId("all-count").textContent = "";
        changed = 0;
        marks = new Map();
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
      filter.setWords(text);
      refilter();
    },
    turn(which) {
      if (!isShown) return;
      filter.turn(which);
      refilter();
    },
    markSeen: () => void markSeen().catch((error: Error) => toast(error.message, "bad")),
    step: (by) => list?.step(by),
    get changed() {
      return changed;
    },
    mark: (file) => (isShown ? marks.get(file) : undefined),
  };
}

const staleWords = ({ rows }: MessagesView): string =>
  rows.some(({ waits }) => waits) ? "These messages are from before." : "";

const marksOf = (rows: readonly MessageRow[]): Map<string, "fails" | "changed"> =>
  new Map(
    rows.flatMap((row) =>
      row.fails || isChanged(row) ? [[row.fixture, row.fails ? "fails" : "changed"] as const] : [],
    ),
  );

/** Who has seen a change has seen it where it is not shown once more. */
function seenWith(shown: readonly MessageRow[], rows: readonly MessageRow[]): MessageRow[] {
  const changes = new Set(shown.map(({ change }) => change));
  return rows.filter(
    (row) => shown.includes(row) || (row.change !== undefined && changes.has(row.change)),
  );
}

/** In how many others each change is. */
function alikeIn(rows: readonly MessageRow[]): Map<string, number> {
  const alike = new Map<string, number>();
  for (const { change } of rows)
    if (change !== undefined) alike.set(change, (alike.get(change) ?? -1) + 1);
  return alike;
}
