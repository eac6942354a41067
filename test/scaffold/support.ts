/** Checkouts in other dialects than the embedded workspace's own, and short ways to a plan. */
import { join } from "node:path";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Checkout } from "../../src/checkout/model.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { type NewOptions, type NewPlan, planNew } from "../../src/scaffold/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

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

/** Plans an integration called `acmedeploy`. */
export function plan(checkout: Checkout, options: Partial<NewOptions> = {}): Promise<NewPlan> {
  return planNew(checkout, {
    name: "acmedeploy",
    displayName: "Acme Deploy",
    categories: ["deployment"],
    streamName: "acmedeploy",
    payloads: [],
    auth: "api-key",
    cwd: "/",
    ...options,
  });
}

/** The text of a planned file, by the end of its path. */
export function fileOf({ changes }: NewPlan, end: string): string {
  const change = changes.find(({ path }) => path.endsWith(end));
  return Buffer.from(change?.content ?? []).toString("utf8");
}
