/** Checkouts in other dialects than the embedded workspace's own, and short ways to a plan. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Checkout } from "../../src/checkout/model.ts";
import type { Engine } from "../../src/engine/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import {
  type DraftChoices,
  type DraftedIntegration,
  type NewOptions,
  type NewPlan,
  type Outcome,
  planNew,
} from "../../src/scaffold/index.ts";
import { openSharedEngine } from "../support/pools.ts";
import { folderForFile, temporaryWorkspace, workspaceForFile } from "../support/tree.ts";

/** A payload of fixtures/payloads. */
export const samplePayload = (name: string): string =>
  join(packageRoot, "fixtures", "payloads", name);

/** The workspace, whose dialect is the one of 2025. */
export function openWorkspace(): Promise<Checkout> {
  return openCheckout(temporaryWorkspace());
}

/** The same tree, taken for one of 2023. */
export async function openLegacy(): Promise<Checkout> {
  const checkout = await openWorkspace();
  const { view, tests, docs } = checkout.dialect;
  return {
    ...checkout,
    dialect: {
      ...checkout.dialect,
      view: { ...view, typing: "legacy", topicVariable: "topic" },
      tests: { ...tests, streamAttribute: "STREAM_NAME", topicParameter: "expected_topic" },
      docs: {
        ...docs,
        style: "plain",
        streamWord: "stream",
        macros: new Set(["create-stream", "create-bot-construct-url", "congrats"]),
      },
    },
  };
}

/** Plans an integration called `acmedeploy`, whose view is run. */
export async function plan(
  checkout: Checkout,
  options: Partial<NewOptions> = {},
  engine?: Engine,
): Promise<NewPlan> {
  const given = {
    name: "acmedeploy",
    displayName: "Acme Deploy",
    categories: ["deployment"],
    streamName: "acmedeploy",
    payloads: [],
    auth: "api-key",
    cwd: "/",
    ...options,
  } as const;
  return planNew(checkout, given, (draft) => outcomesOf(checkout.root, draft, engine));
}

/**
 * What a drafted view sends.
 * @param shared An engine on this root that is kept; by default one is started.
 */
async function outcomesOf(
  root: string,
  { name, directory, changes, fixtures, auth }: DraftedIntegration,
  shared: Engine | undefined,
): Promise<Outcome[]> {
  const proposed = new Map(
    changes.map(({ path, content }) => [path, content ?? new Uint8Array()] as const),
  );
  const targets = [{ name, directory }];
  const engine = shared ?? (await openSharedEngine({ root, targets, proposed }));
  try {
    if (shared) await shared.refresh({ edited: [], targets, proposed });
    const outcomes: Outcome[] = [];
    for (const fixture of fixtures) {
      const useBasicAuth = auth === "basic";
      const { messages, error } = await engine.deliver({
        integration: name,
        fixture,
        useBasicAuth,
      });
      // Of several messages all are looked at here.
      const content = messages.map((message) => message.content).join("\n");
      const { topic = "" } = messages.at(-1) ?? {};
      outcomes.push(
        messages.length === 0 ? { reason: String(error?.message) } : { topic, content },
      );
    }
    return outcomes;
  } finally {
    if (!shared) await engine.close();
  }
}

/** The text of a planned file, by the end of its path. */
export function fileOf({ changes }: NewPlan, end: string): string {
  const change = changes.find(({ path }) => path.endsWith(end));
  return Buffer.from(change?.content ?? []).toString("utf8");
}

/** Plans integrations from payloads, by the names of their files, in one workspace for all tests of a file. */
export function draftsForFile(): (
  payloads: Record<string, unknown>,
  choices?: Partial<DraftChoices>,
) => Promise<NewPlan> {
  const root = workspaceForFile();
  const folder = folderForFile();
  let engine: Engine;
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = await openCheckout(root);
    engine = await openSharedEngine({ root, targets: [] });
    return () => engine.close();
  });
  return (payloads, choices) => {
    const files = Object.entries(payloads).map(([name, value]) => {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(value));
      return path;
    });
    const chosen = { show: [], hide: [], headline: [], topic: [], ...choices };
    return plan(checkout, { payloads: files, choices: chosen }, engine);
  };
}

/** Drafts from payloads that each have a file of their own, for all tests of a file. */
export function planningForFile() {
  const drafted = draftsForFile();
  const planFor = (...payloads: readonly unknown[]) =>
    drafted(Object.fromEntries(payloads.map((payload, at) => [`payload_${at}`, payload])));
  return {
    drafted,
    planFor,
    /** What is said of the first of these payloads; the others only belong to the same service. */
    async messageOf(...payloads: readonly unknown[]): Promise<string> {
      const { messages } = await planFor(...payloads);
      const [{ topic, content } = { topic: "", content: "" }] = messages;
      return `${topic} › ${content}`;
    },
  };
}
