/** Checks of what a user calls things, and the names that follow from them. */
import { join } from "node:path";
import {
  nearestNames,
  refuseTakenName,
  requireSettled,
  seenName,
  validateIntegrationName,
} from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { UserError } from "../errors.ts";
import { exists } from "../host/files.ts";

/** Longest display name and stream name, in characters; Connect's own limit for streams. */
const MAX_NAME_LENGTH = 60;

/**
 * Checks that an integration of this name can be added to the tree.
 * @throws UserError `invalid-name`, `registry-not-understood`, `already-registered`, `name-taken` or `folder-exists`.
 */
export function checkNewName(checkout: Checkout, name: string): void {
  validateIntegrationName(name);
  requireSettled(checkout);
  refuseTakenName(checkout, name);
  const folder = webhookFolder(name);
  if (exists(join(checkout.root, folder))) {
    throw new UserError(`${folder} exists already, though no such integration is registered.`, {
      code: "folder-exists",
      hint: "Choose another name, or move that folder away first.",
    });
  }
}

/** The folder of an integration that has one of its own. */
export function webhookFolder(name: string): string {
  return `zerver/webhooks/${name}`;
}

/** `acme_deploy` as people write it: `Acme Deploy`. */
export function defaultDisplayName(name: string): string {
  const words = name.split("_").filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/**
 * Checks a display name: it goes into Python, Markdown and a template language, where a few marks have meanings.
 * @throws UserError `invalid-display-name`.
 */
export function checkDisplayName(text: string): void {
  const complaint = complaintAbout(text, /[{}<>[\]*`\\|]/u);
  if (complaint === undefined) return;
  throw new UserError(`${shown(text)} cannot be a display name: ${complaint}.`, {
    code: "invalid-display-name",
    hint: `Write the service's name as the vendor spells it, on one line of ${MAX_NAME_LENGTH} characters at most.`,
  });
}

/**
 * Checks the name of a stream.
 * @param streamWord What the tree calls it.
 * @throws UserError `invalid-stream`.
 */
export function checkStreamName(text: string, streamWord: string): void {
  const complaint = complaintAbout(text, undefined);
  if (complaint === undefined) return;
  throw new UserError(`${shown(text)} cannot be the name of a ${streamWord}: ${complaint}.`, {
    code: "invalid-stream",
    hint: `Use one line of ${MAX_NAME_LENGTH} characters at most.`,
  });
}

function complaintAbout(text: string, marks: RegExp | undefined): string | undefined {
  if (text.trim() === "") return "it is empty";
  if (/[\n\r\u2028\u2029]/.test(text)) return "it holds a line break";
  if (/\p{C}/u.test(text)) return "it holds a control or an invisible character";
  if (text !== text.trim()) return "it starts or ends with a space";
  if ([...text].length > MAX_NAME_LENGTH) return `it is longer than ${MAX_NAME_LENGTH} characters`;
  const mark = marks?.exec(text)?.[0];
  if (mark !== undefined) return `it holds ${mark}, which has a meaning in documentation`;
  if (marks && !/[\p{L}\p{N}]/u.test(text)) return "it holds no letter or digit";
  return undefined;
}

/** A name in a message: quoted, visible and short. */
function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/**
 * Checks categories against the tree's.
 * @throws UserError `unknown-category` for all unknown ones at once.
 */
export function checkCategories(checkout: Checkout, categories: readonly string[]): void {
  const known = checkout.categories.map(({ key }) => key);
  const unknown = categories.filter((category) => !known.includes(category));
  if (categories.length > 0 && unknown.length === 0) return;
  const near = unknown.flatMap((category) => nearestNames(category, known, 2));
  throw new UserError(
    unknown.length === 0
      ? "An integration needs a category."
      : `There is no category called ${unknown.map(seenName).join(" or ")}.`,
    {
      code: "unknown-category",
      hint:
        near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Use one of ${known.join(", ")}.`,
    },
  );
}

/**
 * The service's name in one word, as `webhook_view` takes it: `Acme Deploy` becomes `AcmeDeploy`.
 * @param displayName Already through `checkDisplayName`, so it has a letter or digit.
 */
export function clientNameOf(displayName: string): string {
  const words = displayName.replace(/['’]/g, "").split(/[^\p{L}\p{M}\p{N}]+/u);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/**
 * The start of the test class's name, in plain letters.
 * @param name The integration's name, for services that are not written in such letters.
 */
export function classNameOf(displayName: string, name: string): string {
  const plain = clientNameOf(displayName)
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]/g, "");
  return /^[A-Z]/.test(plain) ? plain : defaultDisplayName(name).replaceAll(" ", "");
}
