/** Workspaces with small integrations for the engine's tests, and an engine on them. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { type Engine, type EngineOptions, openEngine } from "../../src/engine/index.ts";
import { codeKey } from "../../src/engine/platform.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { removePath } from "../../src/host/files.ts";
import { pools } from "../support/pools.ts";
import { temporaryWorkspace } from "../support/tree.ts";

/**
 * A cache for the tests of one file.
 * @param hasOwn Whether it holds already what no tree has a part in, as after any start on this machine: V8's code of
 *   Pyodide, and the memory with the harness loaded. Else it is empty.
 */
export function useOwnCache(hasOwn = true): string {
  const before = process.env.CONNECT_WEBHOOK_CACHE;
  const path = join(tmpdir(), `connect-webhook-engine-${process.pid}-${Date.now()}`);
  process.env.CONNECT_WEBHOOK_CACHE = path;
  if (hasOwn && before !== undefined) copyOwn(before, path);
  afterAll(async () => {
    if (before === undefined) delete process.env.CONNECT_WEBHOOK_CACHE;
    else process.env.CONNECT_WEBHOOK_CACHE = before;
    await removePath(path);
  });
  return path;
}

/** Copies what no tree has a part in from one cache to another, where a start that is cold else then makes it. */
export function copyOwn(from: string, to: string): void {
  mkdirSync(join(to, "engine"), { recursive: true, mode: 0o700 });
  for (const kind of ["v8", "base"]) {
    const name = join("engine", `${codeKey()}.${kind}`);
    // What is not used for long makes room for snapshots.
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

/** A view that sends the payload's `text` to the topic `greetings`. */
export const ECHO_VIEW = `
from django.http import HttpRequest, HttpResponse
from zerver.decorator import webhook_view
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import check_send_webhook_message
from zerver.models import UserProfile


@webhook_view("Echo")
@typed_endpoint
def api_%name%_webhook(
    request: HttpRequest, user_profile: UserProfile, *, payload: JsonBodyPayload[WildValue]
) -> HttpResponse:
    text = payload["text"].tame(check_string)
    check_send_webhook_message(request, user_profile, "greetings", text)
    return json_success(request)
`;

/** The head of a tests.py for an integration called `%name%`. */
export const TESTS_HEAD = `from zerver.lib.test_classes import WebhookTestCase


class NameTests(WebhookTestCase):
    CHANNEL_NAME = "%name%"
    URL_TEMPLATE = "/api/v1/external/%name%?stream={stream}&api_key={api_key}"
    WEBHOOK_DIR_NAME = "%name%"
`;

/** Files of one integration; `%name%` in them is replaced by its name. */
export interface Files {
  view?: string;
  /** The methods of the test class. */
  tests?: string;
  /** The whole file instead. */
  wholeTests?: string;
  fixtures?: Record<string, string>;
}

/**
 * A workspace with these integrations registered.
 * @param root The workspace they go into; by default one that is removed when the test ends.
 */
export function workspaceWith(
  integrations: Record<string, Files>,
  root = temporaryWorkspace(),
): string {
  const registry = join(root, "zerver/lib/integrations.py");
  const entries = Object.keys(integrations).map(
    (name) => `    WebhookIntegration("${name}", ["misc"]),\n`,
  );
  const source = readFileSync(registry, "utf8");
  writeFileSync(
    registry,
    source.replace(/(WEBHOOK_INTEGRATIONS: .*\[\n)/, (head) => `${head}${entries.join("")}`),
  );
  for (const [name, files] of Object.entries(integrations)) {
    const put = (path: string, text: string): void => {
      const target = join(root, "zerver/webhooks", name, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text.replaceAll("%name%", name));
    };
    put("__init__.py", "");
    put("view.py", files.view ?? ECHO_VIEW);
    put("tests.py", files.wholeTests ?? `${TESTS_HEAD}\n${files.tests ?? ""}`);
    for (const [fixture, text] of Object.entries(files.fixtures ?? {}))
      put(`fixtures/${fixture}`, text);
  }
  return root;
}

/** An engine that is closed when the test ends. */
export async function engineOn(
  root: string,
  names: readonly string[],
  options: Partial<EngineOptions> = {},
): Promise<Engine> {
  const targets = names.map((name) => ({ name, directory: `zerver/webhooks/${name}` }));
  const engine = await openEngine({ root, targets, ...options });
  onTestFinished(() => engine.close());
  return engine;
}

/** The same, on Python that another test may have used before. */
export function sharedEngineOn(
  root: string,
  names: readonly string[],
  options: Partial<EngineOptions> = {},
): Promise<Engine> {
  return engineOn(root, names, { ...options, pool: pools.python });
}

/** Bytes of a fixture that nobody needs. */
const HUGE = 51 * 1024 * 1024;

/**
 * A workspace with the integration of fixtures/hostile, whose tests try to reach a port of this machine.
 * @param leftOut Names of tests that are not run.
 */
export function hostileWorkspace(port: number, leftOut: readonly string[] = []): string {
  const root = workspaceWith({ hostile: {} });
  const folder = join(root, "zerver/webhooks/hostile");
  cpSync(join(packageRoot, "fixtures/hostile"), folder, { recursive: true });
  const tests = join(folder, "tests.py");
  const source = leftOut.reduce(
    (text, name) => text.replace(`def ${name}(`, `def no_${name}(`),
    readFileSync(tests, "utf8").replaceAll("%PORT%", String(port)),
  );
  writeFileSync(tests, source);
  writeFileSync(join(folder, "fixtures/huge.json"), JSON.stringify({ deed: "x".repeat(HUGE) }));
  return root;
}
