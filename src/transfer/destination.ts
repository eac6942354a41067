/** What the Python of a target says about how its Python is written. */
import { join } from "node:path";
import { codeFiles, integrationFiles } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { readTextIfExists } from "../host/files.ts";
import type { Destination } from "./convert/python.ts";
import { TreeNames } from "./convert/tree-names.ts";

/**
 * Reads what a conversion has to know of the tree that files go to.
 * @param checkout The target.
 * @param integration What travels.
 */
export async function readDestination(
  checkout: Checkout,
  integration: Integration,
): Promise<Destination> {
  return {
    checkout,
    names: new TreeNames(checkout.root),
    ...(await importsOf(checkout)),
    minimumPython: await minimumPython(checkout.root),
    ownModule: `zerver.webhooks.${integration.directoryName}`,
  };
}

/** What the tree's integrations import. */
async function importsOf(
  checkout: Checkout,
): Promise<Pick<Destination, "typingModules" | "packages">> {
  const counts = new Map<string, Map<string, number>>();
  const packages = new Set<string>();
  for (const integration of checkout.integrations) {
    for (const path of codeFiles(await integrationFiles(checkout, integration))) {
      const text = (await readTextIfExists(join(checkout.root, path))) ?? "";
      const statements = text.matchAll(/^from ([\w.]+) import (\([^)]*\)|[^\n]*)/gm);
      for (const [, module = "", names = ""] of statements) {
        packages.add(module);
        if (TYPING.test(module)) countNames(names, module, counts);
      }
    }
  }
  const majority = (modules: ReadonlyMap<string, number>): string =>
    [...modules].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "typing";
  const typingModules = new Map(
    [...counts].map(([name, modules]) => [name, majority(modules)] as const),
  );
  return { typingModules, packages };
}

const TYPING = /^(typing|typing_extensions|collections\.abc)$/;

function countNames(names: string, module: string, counts: Map<string, Map<string, number>>): void {
  for (const [name] of names.matchAll(/\w+/g)) {
    const modules = counts.get(name) ?? new Map<string, number>();
    modules.set(module, (modules.get(module) ?? 0) + 1);
    counts.set(name, modules);
  }
}

/** The oldest Python 3 that the tree's settings name, as the number after the point. */
async function minimumPython(root: string): Promise<number | undefined> {
  const project = (await readTextIfExists(join(root, "pyproject.toml"))) ?? "";
  const minor =
    /^requires-python\s*=\s*["']>=\s*3\.(\d+)/m.exec(project)?.[1] ??
    /^target-version\s*=\s*(?:\[\s*)?["']py3(\d+)/m.exec(project)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
