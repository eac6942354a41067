/** `doctor`: what this machine and this tree can do, found out by doing it. */

import { findBrowser } from "../browser/find.ts";
import { fontConfiguration } from "../browser/fonts.ts";
import { openBrowser } from "../browser/index.ts";
import {
  findCheckout,
  gitProblem,
  OTHER_OWNER,
  openCheckout,
  trustCommand,
} from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { type Engine, openEngine } from "../engine/index.ts";
import { MachineError, messageOf, UserError } from "../errors.ts";
import { packageVersion, templatePath } from "../host/assets.ts";
import { cacheState, machineName } from "../host/cache-state.ts";
import { type NetworkHold, networkHold } from "../host/isolation.ts";
import { run } from "../host/process.ts";

/** `fail`: something does not work without it. `warn`: something is missing, and the rest works. */
export type Status = "ok" | "warn" | "fail";

export interface Check {
  /** A stable word, such as `python`. */
  readonly name: string;
  readonly status: Status;
  /** What was found, without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
}

export interface Examination {
  /** The folder to look for a tree in. */
  readonly folder: string;
  /** The user named that folder. */
  readonly explicit: boolean;
  readonly signal: AbortSignal;
  /** Told before each check. */
  readonly onCheck?: (name: string) => void;
}

/**
 * Runs every check. Nothing is written but into the cache.
 * @throws UserError when the folder that the user named is in no Connect tree.
 */
export async function examine(examination: Examination): Promise<Check[]> {
  const { folder, explicit, signal, onCheck } = examination;
  const checks: Check[] = [];
  const root = await rootOf(folder, explicit);
  const check = async (name: string, work: () => Promise<Found>): Promise<void> => {
    signal.throwIfAborted();
    onCheck?.(name);
    checks.push({ name, ...(await tolerated(work, signal)) });
  };
  let tree: Checkout | undefined;
  await check("version", async () => ok(`connect-webhook ${packageVersion()} on ${machineName()}`));
  await check("git", gitCheck);
  await check("checkout", async () => {
    if (root === undefined) return noTree;
    tree = await openCheckout(root);
    return describe(tree);
  });
  await check("cache", cacheCheck);
  const python: { engine?: Engine } = {};
  try {
    await check("python", async () => {
      const started = await startPython(tree, signal);
      python.engine = started.engine;
      return ok(`embedded Python started in ${started.ms} ms`);
    });
    if (tree) await check("organization", () => organizationCheck(python.engine));
  } finally {
    await python.engine?.close();
  }
  await check("confinement", async () => confinement());
  await check("browser", () => browserCheck(signal));
  await check("fonts", fontCheck);
  return checks;
}

type Found = Omit<Check, "name">;

const ok = (message: string): Found => ({ status: "ok", message });

/** A check that cannot be done says why. */
async function tolerated(work: () => Promise<Found>, signal: AbortSignal): Promise<Found> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const message = messageOf(error).replace(/\.$/, "");
    const fix = error instanceof UserError ? error.hint : undefined;
    return { status: "fail", message, ...(fix !== undefined && { fix }) };
  }
}

async function gitCheck(): Promise<Found> {
  const { exitCode, stdout } = await run("git", ["--version"]);
  if (exitCode === 0) return ok(stdout.trim());
  return {
    status: "warn",
    message: "git was not found",
    fix: "Install git: --changed, export --patch and some lint rules need it.",
  };
}

const noTree: Found = {
  status: "warn",
  message: "this folder is not in a Connect tree",
  fix: "Change to a Connect tree, name one with -C, or make a workspace with `connect-webhook init`.",
};

async function rootOf(folder: string, explicit: boolean): Promise<string | undefined> {
  try {
    return await findCheckout(folder, { explicit });
  } catch (error) {
    if (!explicit && error instanceof UserError && error.code === "no-checkout") return undefined;
    throw error;
  }
}

async function describe({ root, kind, integrations, dialect }: Checkout): Promise<Found> {
  const { registry, view, tests, docs } = dialect;
  const problem = await gitProblem(root);
  const words = [
    registry.webhookList,
    tests.streamAttribute ?? "no stream attribute",
    tests.topicParameter,
    `${view.typing} types`,
    `${docs.style} documents`,
  ];
  const count = `${integrations.length} integration${integrations.length === 1 ? "" : "s"}`;
  const git = problem === undefined || problem === OTHER_OWNER ? "" : ", not in git";
  const message = `${kind} with ${count} in ${root}${git} (${words.join(", ")})`;
  if (problem !== OTHER_OWNER) return ok(message);
  const fix = `If you trust it, run \`${trustCommand(root)}\`: nothing is known of what a branch changes before.`;
  return { status: "warn", message: `${message}; ${OTHER_OWNER}`, fix };
}

async function cacheCheck(): Promise<Found> {
  const { folder, bytes, problem } = await cacheState();
  const size = `${(bytes / 1e6).toFixed(0)} MB`;
  if (problem === undefined) return ok(`${folder} (${size})`);
  return {
    status: "fail",
    message: `cannot write to ${folder}: ${problem}`,
    fix: "Set CONNECT_WEBHOOK_CACHE to a folder that you can write to.",
  };
}

const NETWORK_HOLDS: Record<NetworkHold, string> = {
  namespace: "network by a namespace of its own",
  permission: "network by Node's permission model",
  program: "network by this program only",
};

/** What holds the embedded Python here: see docs/security.md. */
function confinement(): Found {
  const hold = networkHold();
  const message = `files and programs by Node's permission model, ${NETWORK_HOLDS[hold]}, memory by a cap`;
  if (hold !== "program") return ok(message);
  const fix =
    "For untrusted trees, use Linux with unprivileged user namespaces, Node 25 or later, or a container without a network.";
  return { status: "warn", message, fix };
}

/**
 * Starts the embedded Python on the tree; when that fails, on ours, to tell whose fault it is.
 * @returns The engine, which the caller closes, and how long it took.
 */
async function startPython(
  tree: Checkout | undefined,
  signal: AbortSignal,
): Promise<{ engine: Engine; ms: number }> {
  const own = templatePath("workspace");
  const start = performance.now();
  try {
    const engine = await openPython(tree?.root ?? own, signal);
    return { engine, ms: Math.round(performance.now() - start) };
  } catch (error) {
    signal.throwIfAborted();
    if (tree === undefined || error instanceof MachineError) throw error;
    await (await openPython(own, signal)).close();
    throw new UserError(`Python works, but not with this tree: ${messageOf(error)}`, {
      code: "broken-tree",
      hint: error instanceof UserError ? (error.hint ?? "") : "Run a test to see the traceback.",
      cause: error,
    });
  }
}

const unknownOrganization: Found = {
  status: "fail",
  message: "unknown, because Python does not start on this tree",
};

/** How many contradictions are listed. */
const MOST_DIFFERENCES = 3;

/** A fork may have renamed its people and bots in one place and not in the other. */
async function organizationCheck(engine: Engine | undefined): Promise<Found> {
  if (engine === undefined) return unknownOrganization;
  const { differences } = await engine.describeRealm({ secret: "doctor", streams: [] });
  if (differences.length === 0) {
    return ok("the test base and the demo data name the same people and bots");
  }
  const left = differences.length - MOST_DIFFERENCES;
  const more = left > 0 ? [`${left} more`] : [];
  return {
    status: "warn",
    message: [...differences.slice(0, MOST_DIFFERENCES), ...more].join("; "),
    fix: "Tests use the names of the test base here, and those of the demo data on a server. Rename them in both places.",
  };
}

async function openPython(root: string, signal: AbortSignal): Promise<Engine> {
  const [target] = (await openCheckout(root)).integrations;
  return openEngine({ root, targets: target ? [target] : [], signal });
}

async function browserCheck(signal: AbortSignal): Promise<Found> {
  const start = performance.now();
  const { origin, path } = await findBrowser();
  const browser = await openBrowser({ signal });
  await browser.close();
  return ok(`${origin} browser started in ${Math.round(performance.now() - start)} ms (${path})`);
}

async function fontCheck(): Promise<Found> {
  return ok(`bundled fonts, listed in ${await fontConfiguration()}`);
}
