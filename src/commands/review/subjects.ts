/** Which integrations a change is about, and what happened to each. */
import type { ChangedFiles } from "../../checkout/changed.ts";
import { findIntegration } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { reachedBy, touchedIntegrations } from "../../checkout/reach.ts";
import type { ChangeStatus } from "../../review/index.ts";
import { formerIntegration } from "../compared-lint.ts";

export interface Subject {
  readonly name: string;
  readonly status: ChangeStatus;
  readonly formerName?: string;
  readonly before: Integration | undefined;
  readonly after: Integration | undefined;
}

/**
 * The integrations that a change touches, reaches or removes.
 * @param names Only these; all when there is none.
 * @throws UserError `unknown-integration` for a name that neither tree has.
 */
export async function subjectsOf(
  checkout: Checkout,
  base: Checkout | undefined,
  changed: ChangedFiles,
  names: readonly string[],
): Promise<{ shown: Subject[]; notes: string[] }> {
  const old = new Map(base?.integrations.map((one) => [one.name, one]));
  const touched = new Set(await touchedIntegrations(checkout, changed));
  const reached = new Set(await reachedBy(checkout, changed.touched));
  const present = checkout.integrations.flatMap((after): Subject[] => {
    const { name } = after;
    const before = old.get(name);
    if (!before) return [{ name, status: "added", before, after }];
    if (touched.has(name)) return [{ name, status: "changed", before, after }];
    return reached.has(after) ? [{ name, status: "reached", before, after }] : [];
  });
  const gone = [...old.values()].filter(
    ({ name }) => !checkout.integrations.some((one) => one.name === name),
  );
  const subjects = joinRenamed(changed, present, gone);
  for (const name of names) if (!old.has(name)) findIntegration(checkout, name);
  const wanted = ({ name, formerName }: Subject): boolean =>
    names.length === 0 || names.includes(name) || names.includes(formerName ?? name);
  const notes = checkout.orphans
    .filter((name) => names.length === 0 && touched.has(name))
    .map((name) => `zerver/webhooks/${name} is not registered, so it cannot be shown.`);
  return { shown: subjects.filter(wanted), notes };
}

/** An integration that is new where another one's view went to is that one under a new name. */
function joinRenamed(
  { renamed: formerNames }: ChangedFiles,
  present: readonly Subject[],
  gone: readonly Integration[],
): Subject[] {
  const renamed = new Map(
    present.flatMap(({ status, after }) => {
      const before = after && formerIntegration(gone, after, formerNames);
      return status === "added" && before ? [[after.name, before] as const] : [];
    }),
  );
  const taken = new Set(renamed.values());
  return [
    ...present.map((subject): Subject => {
      const before = renamed.get(subject.name);
      return before ? { ...subject, status: "renamed", formerName: before.name, before } : subject;
    }),
    ...gone
      .filter((one) => !taken.has(one))
      .map(
        (one): Subject => ({ name: one.name, status: "removed", before: one, after: undefined }),
      ),
  ];
}
