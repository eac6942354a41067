/** How the thing of a message is now, and how it was. */
import { singular } from "../../payload/index.ts";
import type { Parts } from "../message.ts";
import type { MessageContext } from "./context.ts";

/** States in which a thing is until something happens to it. */
const usual = new Set(
  "open opened active new enabled published created live unresolved triggered true none".split(" "),
);

/** How the thing is now, where that adds to the verb: "finished: finished" and "opened: open" do not. */
export function stateOf({ content, words, variables }: MessageContext): Parts {
  const { state, action } = content;
  if (/^(delet|remov)ed$/.test(words?.verb ?? "")) return [];
  if (!state || content.changes.length > 0 || content.list?.item.field) return [];
  if (/^(failed|succeeded|passed|expired|crashed)$/.test(words?.verb ?? "")) return [];
  const verbs = [...(action?.samples ?? []), words?.verb ?? "", ...(words?.tokens ?? [])].map(
    (verb) => verb.toLowerCase(),
  );
  // Of `document.completed` only the end says how it is.
  const adds = (text: string): boolean =>
    !verbs.some(
      (verb) =>
        stemOf(verb) !== "" && stemOf(text.split(".").at(-1) ?? "").startsWith(stemOf(verb)),
    );
  const told = state.samples.some(
    (text) => adds(text.toLowerCase()) && !usual.has(text.toLowerCase()),
  );
  // What was resolved does not go on, whatever part of the payload says so.
  const isOver = /^(resolv|clos|recover|clear)/.test(words?.verb ?? "") && !action;
  if (isOver && state.samples.every((text) => /^(firing|alerting|triggered)$/i.test(text)))
    return [];
  // A booking that was cancelled is not accepted any more, whatever the payload keeps.
  if (/^cancell?ed$/.test(words?.verb ?? "") && !action) return [];
  const isChange = words?.verb === undefined || /^(changed|updated)$/.test(words.verb);
  if (content.formerState && isChange && !action) {
    const before = variables.field("former_state", content.formerState, "words");
    const after = variables.field("state", state, "words");
    const changed = words?.verb === undefined ? " changed" : "";
    const told = [`${changed} from **`, before, "** to **", after, "**"];
    return variables.optional([content.formerState, state], told);
  }
  if (!told) return [];
  const shown = variables.field("state", state, "words");
  // How a new thing starts is a fact like others, and not what came of it.
  const isResult = /(^|_)(result|outcome|conclusion)(_|$)/.test(state.key);
  const isStart = !action && words?.verb !== undefined && !comesTo.test(words.verb) && !isResult;
  const parts: Parts = isStart
    ? [` (${stateWord(state.key)}: `, shown, ")"]
    : [": **", shown, "**"];
  return variables.optional([state], parts);
}

/** Verbs after which a state says what came of it. */
const comesTo =
  /^(is |finish|complet|end|fail|succe|clos|reopen|resolv|process|r[au]n|execut|start|test|check|buil|deploy|answer|chang|analy|trigger|fire|report|transition|mov|acknowledg|deliver|stop|abort|cancel)/;

const stateWord = (key: string): string =>
  /(state|stage|phase)(_name)?$/.exec(key)?.[1] ?? "status";

const stemOf = (verb: string): string => singular(verb.toLowerCase().replace(/(ed|e|d|ing)$/, ""));
