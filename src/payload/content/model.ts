/** What `findContent` finds. */
import type { Leaf } from "../leaves.ts";
import type { Change } from "./changes.ts";
import type { Fact } from "./facts.ts";
import type { ItemList } from "./lists.ts";
import type { Money } from "./money.ts";
import type { Group } from "./places.ts";

/** The fields worth showing. Any may be missing from the payloads of a kind, unless it says otherwise. */
export interface EventContent {
  /** What the event is about, such as `pull request`. */
  readonly noun?: string;
  /** Whether it is mail, whose title is the address that it went to. */
  readonly isMail?: boolean;
  /** In every payload. */
  readonly title?: Leaf;
  /** What a topic calls it, where the title tells values that change. */
  readonly steadyTitle?: Leaf;
  /** What stands in the title's place in payloads that lack it. */
  readonly otherTitle?: Leaf;
  /** The family name, where the title is a person's given name. */
  readonly surname?: Leaf;
  /** Whether the event's name speaks of the thing with this title; if not, it is what the event's thing is at. */
  readonly said: boolean;
  readonly number?: Leaf;
  readonly link?: Leaf;
  /** Where no address leads to a page: that of the thing in an API, from which the page's can be made. */
  readonly apiLink?: Leaf;
  /** One field, or two with the given and the family name. In every payload. */
  readonly actor: readonly Leaf[];
  /** The page of the actor. */
  readonly actorLink?: Leaf;
  /** Who made the thing, where nobody is known who did what happened now. As `actor`. */
  readonly author?: readonly Leaf[];
  /** What the actor did, such as `opened`. In every payload. */
  readonly action?: Leaf;
  readonly state?: Leaf;
  /** The state before. In every payload. */
  readonly formerState?: Leaf;
  /** What somebody said about the thing. */
  readonly remark?: { readonly text?: Leaf; readonly link?: Leaf };
  /** Longer text of the thing, to be quoted. */
  readonly text?: Leaf;
  /** Whether the author wants the text told, also of a thing that is known. */
  readonly isTextChosen?: true;
  readonly group?: Group;
  readonly branch?: Leaf;
  /** The branch's name in payloads that lack it because it is gone. */
  readonly formerBranch?: Leaf;
  /** Whether what was pushed may be no branch. */
  readonly mayBeTag?: boolean;
  /** What tells things without a name apart: a person, or the title of the first thing in a list. */
  readonly lead?: Leaf;
  /** The family name, where the lead is a person's given name. Both are then in every payload. */
  readonly leadSurname?: Leaf;
  /** The branches of a request to merge. */
  readonly branches?: { readonly source: Leaf; readonly target: Leaf };
  readonly money?: Money;
  readonly details: readonly Fact[];
  readonly changes: readonly Change[];
  readonly list?: ItemList;
  /** The commit that a branch is at after a push, where some payloads say by zeros that it is gone. */
  readonly pushed?: Leaf;
  /** The page that shows what a push brought. */
  readonly comparison?: Leaf;
}

/** What the event's name says. */
export interface Hints {
  /** Its words, such as `pull`, `request`. */
  readonly words: readonly string[];
  /** Whether the action may be the making of the thing; undefined when the name does not say. */
  readonly making: boolean | undefined;
  /** What happened, in the past form, where the name says it. */
  readonly verb?: string | undefined;
  /** Whether whole sums of the service are known to count cents. */
  readonly cents?: boolean;
}
