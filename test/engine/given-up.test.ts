/** Whoever no longer wants an engine waits for no process of it, and has none started. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { openEngine } from "../../src/engine/index.ts";
import { CancelledError } from "../../src/errors.ts";
import { temporaryWorkspace } from "../support/tree.ts";
import { childrenOf, isAlive } from "./process-table.ts";
import { useOwnCache } from "./tree.ts";

// Without anything in it a start takes seconds, and makes in a second process what later ones have use for.
useOwnCache(false);

it.skipIf(process.platform === "win32")(
  "starts no other Python once it is aborted, nor waits for the one that runs on",
  async () => {
    // Other tests of this process may have left some that end later.
    const others = new Set(childrenOf(process.pid));
    const children = (): number[] => childrenOf(process.pid).filter((child) => !others.has(child));
    const abort = new AbortController();
    const opening = openEngine({
      root: temporaryWorkspace(),
      targets: [{ name: "harbourline", directory: "zerver/webhooks/harbourline" }],
      signal: abort.signal,
    });
    let isOver = false;
    const error = opening
      .catch((reason: unknown) => reason)
      .finally(() => {
        isOver = true;
      });
    while (!isOver && children().length < 2) await wait(1);
    const started = children();
    abort.abort();
    const later = new Set<number>();
    while (!isOver) {
      for (const child of children()) later.add(child);
      await wait(1);
    }
    expect(await error).toBeInstanceOf(CancelledError);
    expect([...later].filter((child) => !started.includes(child))).toEqual([]);
    expect(started.filter(isAlive)).toHaveLength(1);
  },
);
