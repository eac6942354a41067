/** Review: what a change of a tree means, as a page, a comment and data. */
export { type Attention, attentionOf } from "./attention.ts";
export { checklistOf, compareImage, compareMessages } from "./compare.ts";
export { compareEvents } from "./events.ts";
export { NOT_DELIVERED } from "./failures.ts";
export { reviewJson } from "./json.ts";
export type {
  ChangedFile,
  ChangeStatus,
  ChecklistPart,
  CoverageReview,
  EventFacts,
  EventRow,
  Events,
  ImageFile,
  ImageReview,
  IntegrationReview,
  MessageReview,
  Review,
  Shown,
  TestFailure,
  TestOutcome,
  UserChange,
} from "./model.ts";
export { type BlockPlace, listHead, MessageList } from "./page/list.ts";
export type { CardTheme, PageStyles } from "./page/styles.ts";
export { reviewPage } from "./page.ts";
export { renderedMessage } from "./rendered.ts";
export { changeKey, type ReplacedWords, replacedWords } from "./same-change.ts";
export { SecretMasks } from "./secrets.ts";
export { reviewSummary } from "./summary.ts";
export { shownAsText } from "./text-diff.ts";
export { headline } from "./totals.ts";
export { unreadablePage, unreadableSummary } from "./unreadable.ts";
