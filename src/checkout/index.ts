/** What other layers use of the checkout. Types are in `model.ts`. */

export { EMOJI_NAMES, emojiAdvice, emojiIn, treeEmoji } from "./emoji.ts";
export { codeFiles, findIntegration, integrationFiles, readView } from "./files.ts";
export { findCheckout, webhooksDirectory, workspaceMarker } from "./find.ts";
export {
  gitProblem,
  gitRoot,
  knownFiles,
  OTHER_OWNER,
  trustCommand,
  uncommittedFiles,
} from "./git.ts";
export {
  didYouMean,
  nearestNames,
  seenName,
  suggestName,
  titleCase,
  validateIntegrationName,
} from "./names.ts";
export { openCheckout } from "./open.ts";
export {
  planRegistration,
  planUnregistration,
  refuseTakenName,
  requireSettled,
} from "./register.ts";
