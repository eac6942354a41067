/** Planning edits of the registry: an integration is entered, or taken out, and every other byte stays. */
import { UserError } from "../errors.ts";
import { CONFLICT_MARKER } from "../python/conflict.ts";
import { applyEdits, type Edit } from "../python/edit.ts";
import { stringValue } from "../python/expression.ts";
import { positionOf } from "../python/source.ts";
import { insertElement, removeElement } from "../python/splice.ts";
import { findIntegration } from "./files.ts";
import type { Checkout, Registration, RegistryEdit } from "./model.ts";
import { nearestNames, seenName, validateIntegrationName } from "./names.ts";
import { addToNoScreenshot, removeFromNoScreenshot } from "./no-screenshot.ts";
import { placeFor } from "./order.ts";
import { type Registry, readRegistry } from "./registry.ts";
import { entryPiece, quoted, screenshotList } from "./write.ts";

/**
 * Plans the entry of a new integration: in the webhook list, and in the screenshot config or the set of integrations
 * without screenshots. New lines go to their place in the alphabet where the tree follows one, else to the end.
 * @returns The edit; nothing is written.
 * @throws UserError `invalid-name`, `already-registered`, `name-taken`, `unknown-category`, `unsupported-option` or
 *   `registry-not-understood`.
 */
export function planRegistration(checkout: Checkout, registration: Registration): RegistryEdit {
  validateIntegrationName(registration.name);
  refuseTakenName(checkout, registration.name);
  refuseUnknownCategories(checkout, registration.categories);
  const registry = readRegistry(checkout.registrySource);
  const edits = [
    ...listEdits(checkout, registry, registration),
    ...(registration.screenshots.length > 0
      ? screenshotEdits(checkout, registry, registration)
      : addToNoScreenshot(registry, registration.name, checkout.dialect.registry.lineLength)),
  ];
  return editOf(checkout, edits);
}

/**
 * Plans the exact inverse of `planRegistration`. Comments on lines of their own stay where they are.
 * @returns The edit; nothing is written.
 * @throws UserError `unknown-integration` or `registry-not-understood`.
 */
export function planUnregistration(checkout: Checkout, name: string): RegistryEdit {
  const integration = findIntegration(checkout, name);
  const registry = readRegistry(checkout.registrySource);
  const { text } = registry.module;
  const index = registry.list.elements.findIndex(
    (one) => one.value.from === integration.range.from,
  );
  const edits = removeElement(text, registry.list, index);
  if (registry.screenshots.style === "dict") {
    const { dict } = registry.screenshots;
    const entry = dict.elements.findIndex((one) => stringValue(one.key) === name);
    if (entry >= 0) edits.push(...removeElement(text, dict, entry));
  }
  edits.push(...removeFromNoScreenshot(registry, name));
  return editOf(checkout, edits);
}

function editOf(checkout: Checkout, edits: readonly Edit[]): RegistryEdit {
  requireSettled(checkout);
  const before = checkout.registrySource;
  return { path: checkout.registryPath, before, after: applyEdits(before, edits) };
}

/**
 * Refuses to edit a registry in the middle of a merge.
 * @throws UserError `registry-not-understood`, with the line.
 */
export function requireSettled({ registryPath, registryConflict }: Checkout): void {
  if (registryConflict === undefined) return;
  throw new UserError(`${registryPath}, line ${registryConflict}: ${CONFLICT_MARKER}.`, {
    code: "registry-not-understood",
    hint: "Finish the merge of that file, and run the command again.",
  });
}

/**
 * Refuses a name that another integration of the tree has.
 * @throws UserError `already-registered` or `name-taken`.
 */
export function refuseTakenName(checkout: Checkout, name: string): void {
  const taken = checkout.integrations.find((integration) => integration.name === name);
  if (taken) {
    throw new UserError(
      `${name} is already registered (${checkout.registryPath}, line ${taken.line}).`,
      {
        code: "already-registered",
        hint: "Choose another name, or edit the existing integration.",
      },
    );
  }
  if (checkout.otherNames.has(name)) {
    throw new UserError(`${name} is already the name of an integration without a webhook.`, {
      code: "name-taken",
      hint: `Choose another name, such as ${name}_webhook.`,
    });
  }
}

function refuseUnknownCategories(checkout: Checkout, categories: readonly string[]): void {
  const known = checkout.categories.map((category) => category.key);
  const unknown = categories.find((category) => !known.includes(category));
  if (categories.length > 0 && unknown === undefined) return;
  const [near] = nearestNames(unknown ?? "", known, 1);
  const message =
    unknown === undefined
      ? "An integration needs a category."
      : `There is no category called ${seenName(unknown)}.`;
  throw new UserError(message, {
    code: "unknown-category",
    hint: near === undefined ? `Use one of ${known.join(", ")}.` : `Did you mean ${near}?`,
  });
}

function listEdits(checkout: Checkout, registry: Registry, registration: Registration): Edit[] {
  const names = checkout.integrations.map((integration) => integration.name);
  return insertElement(
    registry.module.text,
    registry.list,
    placeFor(names, registration.name),
    entryPiece(registry, registration),
    checkout.dialect.registry.lineLength,
  );
}

function screenshotEdits(
  checkout: Checkout,
  registry: Registry,
  registration: Registration,
): Edit[] {
  if (registry.screenshots.style !== "dict") return [];
  const { dict, variable } = registry.screenshots;
  const { text } = registry.module;
  const keys = dict.elements.map((entry) => stringValue(entry.key) ?? "");
  const present = dict.elements[keys.indexOf(registration.name)];
  if (present) {
    const { line } = positionOf(text, present.from);
    throw new UserError(
      `${variable} already has an entry for ${registration.name} (line ${line}).`,
      {
        code: "already-registered",
        hint: `Remove that entry from ${checkout.registryPath}, and run the command again.`,
      },
    );
  }
  const piece = screenshotList(registry, registration, `${quoted(registry, registration.name)}: `);
  const place = placeFor(keys, registration.name);
  return insertElement(text, dict, place, piece, checkout.dialect.registry.lineLength);
}
