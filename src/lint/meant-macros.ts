/** Which macros a page means where it misspells them: `doc-includes` tells that, and the other rules need not. */
import { nearestNames } from "../checkout/index.ts";
import type { DocPage } from "./doc-page.ts";

/** What may be meant for a macro: marked as one, or with some of the marks. */
const MACRO = /\{!?\s*([\w-]+)(?:\.md)?\s*!?\}/g;

/**
 * The macros that a page includes, and those that it means to include.
 * @param macros Those of the tree.
 */
export function meantMacros({ macros: included, text }: DocPage, macros: ReadonlySet<string>) {
  const named = [...text.matchAll(MACRO)].flatMap(([, name = ""]) =>
    macros.has(name) ? name : [],
  );
  return new Set([...included.map((one) => meantMacro(one.text, macros)), ...named]);
}

/** A macro of the tree that a name is, or is nearest to; the name where there is none. */
export function meantMacro(name: string, macros: ReadonlySet<string>): string {
  return macros.has(name) ? name : (nearestNames(name, [...macros])[0] ?? name);
}

/** The tree's macros that make the URL of a webhook. */
export function urlMakers(macros: ReadonlySet<string>): string[] {
  return [...macros].filter((name) => /url/.test(name) && !/specification|help/.test(name));
}

/**
 * Whether a page makes the URL of a webhook, or says what it is.
 * @param macros Those of the tree.
 */
export function saysUrl(page: DocPage, macros: ReadonlySet<string>): boolean {
  const meant = meantMacros(page, macros);
  return (
    urlMakers(macros).some((maker) => meant.has(maker)) ||
    /external|\w_url\b|generate-integration-url/.test(page.text)
  );
}
