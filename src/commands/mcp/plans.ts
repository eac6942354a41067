/** Plans of tools that write: made by a first call, applied by a second one, as long as nothing has changed. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { digest } from "../../host/checksum.ts";
import { readBytesIfExists } from "../../host/files.ts";

/** What was planned. */
export interface Plan {
  /** The tool whose plan it is. */
  readonly tool: string;
  /** The command line without `--dry-run`. */
  readonly words: readonly string[];
  /** The files that it names, relative to the tree. */
  readonly paths: readonly string[];
  /** A hash of what would be written, and of the files that it names. */
  readonly state: string;
}

/** Nobody has more of them open. */
const MOST_PLANS = 20;

/** The plans of one session. */
export class Plans {
  readonly #plans = new Map<string, Plan>();

  /** Keeps a plan. @returns Its id. */
  keep(plan: Plan): string {
    const id = randomBytes(6).toString("hex");
    this.#plans.set(id, plan);
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= MOST_PLANS) break;
      this.#plans.delete(oldest);
    }
    return id;
  }

  /**
   * Takes a plan out: it is applied once, or not at all.
   * @throws UserError `unknown-plan`.
   */
  take(id: string, tool: string): Plan {
    const plan = this.#plans.get(id);
    if (plan?.tool !== tool) {
      throw new UserError(`There is no plan '${id}' of ${tool}.`, {
        code: "unknown-plan",
        hint: `Call ${tool} without a plan, and use the ID that it returns.`,
      });
    }
    this.#plans.delete(id);
    return plan;
  }
}

/**
 * What a plan stands on: what it would write, and the bytes of the files that its call names or that it would change.
 * @param report What the command said of it.
 */
export async function stateOf(
  report: string,
  paths: readonly string[],
  root: string,
): Promise<string> {
  const parts: (string | Uint8Array)[] = [report];
  for (const path of [...paths, ...changedBy(report)]) {
    const bytes = await readBytesIfExists(resolve(root, path));
    parts.push(bytes ? "there" : "missing", bytes ?? "");
  }
  return digest(parts);
}

interface Report {
  updated?: string[];
  removed?: string[];
  recorded?: Record<"added" | "corrected", { path: string }[]>;
}

/** The files that are there and would become others: the difference shows some lines of them only. */
function changedBy(report: string): string[] {
  const { updated = [], removed = [], recorded } = JSON.parse(report) as Report;
  const tests = [...(recorded?.added ?? []), ...(recorded?.corrected ?? [])];
  return [...new Set([...updated, ...removed, ...tests.map(({ path }) => path)])];
}

/** What is said of a plan that does not hold any more. */
export function outdated(tool: string): UserError {
  return new UserError("The files that the plan is based on have changed since.", {
    code: "outdated-plan",
    hint: `Call ${tool} again without the plan, and look at the new one.`,
  });
}
