/** What a drafted view leaves to its author, because no payload tells it: comments that the plan lists as well. */
import type { FileChange } from "../../host/changes.ts";
import type { MessageDraft } from "../draft-message.ts";

/** How all of them start; lint's rule `leftovers` knows them by it. */
const MARK = "# TODO: The payloads do not say";

/** Whoever reviews the view can look it up; a sum that is wrong by a factor of a hundred misleads everybody. */
export const UNCLEAR_SUM = `${MARK} whether this counts cents.`;

const OPEN_EVENT = `${MARK} in a verb or a state what happened.`;

/** A function with what its message leaves open, below its head. */
export function withNote(source: string, { isEventOpen }: MessageDraft): string {
  return isEventOpen ? source.replace(/:$/m, `:\n    ${OPEN_EVENT}`) : source;
}

/** Something that a drafted view leaves open. */
export interface Todo {
  /** The view's path, relative to the root. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** A sentence. */
  readonly text: string;
}

/** What the views of a plan leave open. */
export function todosIn(changes: readonly FileChange[]): Todo[] {
  return changes
    .filter(({ path }) => path.endsWith("/view.py"))
    .flatMap(({ path, content = new Uint8Array() }) =>
      Buffer.from(content)
        .toString("utf8")
        .split("\n")
        .flatMap((text, index) =>
          text.trim().startsWith(MARK)
            ? [{ path, line: index + 1, text: text.trim().slice("# TODO: ".length) }]
            : [],
        ),
    );
}
