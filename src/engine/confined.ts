/** Starts the process that runs Python, with what it may read and how much it may hold. */
import { builtPath } from "../host/assets.ts";
import { type Child, permissionOptions, startNodeChild } from "../host/child.ts";
import { isFastStart } from "./cache.ts";
import { pyodideFolder, runtimeFiles, standardLibrary } from "./platform.ts";

/** Pages of 64 KiB: 1 GiB, twenty times what all integrations of a tree need. */
const MAX_WASM_PAGES = 16_384;
/**
 * What the process may hold in all, in bytes: beside Python's memory lie Node, and what Python writes into files and
 * pipes of its own.
 */
export const MAX_RESIDENT_BYTES = 1.75 * 2 ** 30;
/**
 * Starts a script in a process that may read this script and Pyodide, and do nothing else to the machine: see
 * docs/security.md.
 * @param files Open files that it is given as its descriptors from 4 on.
 */
export function startConfined(
  script: string,
  args: readonly string[],
  files: readonly (number | undefined)[] = [],
): Child {
  return startNodeChild(script, args, {
    files,
    hasNoNetwork: true,
    nodeOptions: [
      ...permissionOptions([script, ...runtimeFiles()]),
      `--wasm-max-mem-pages=${MAX_WASM_PAGES}`,
      "--disallow-code-generation-from-strings",
      "--no-warnings",
    ],
    env: { TZ: "UTC" },
    maxResidentBytes: MAX_RESIDENT_BYTES,
  });
}

/** Descriptors of what is cached for a process: of the two memories it is given one. */
export interface GivenFiles {
  code: number | undefined;
  snapshot: number | undefined;
  base: number | undefined;
}

/** Starts the embedded Python: from the memory that it is given, else from nothing. */
export function startPython({ code, snapshot, base }: GivenFiles): Child {
  const given = [
    code !== undefined && "code",
    snapshot !== undefined && "snapshot",
    base !== undefined && "base",
    !isFastStart() && "plain",
  ];
  const args = [pyodideFolder(), standardLibrary(), ...given.filter((word) => word !== false)];
  return startConfined(builtPath("engine/child.mjs"), args, [code, snapshot ?? base]);
}
