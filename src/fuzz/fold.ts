/** Findings that one change of a view would mend, as one. */

/** What of a finding says what it goes back to. */
interface Foldable {
  readonly severity: string;
  readonly kind: string;
  readonly places: readonly string[];
  readonly count: number;
  readonly cause?: string | undefined;
  readonly function?: string;
  readonly path?: string;
  readonly line?: number;
  readonly containers?: readonly string[];
  readonly ways?: readonly string[];
}

/**
 * Makes one finding of those that have one cause: fields that one line of the view reads, that it takes for `None` in one
 * function, or that stand under one key which services leave empty; and containers that the same texts get out of.
 * @returns In the order in which the first of each came.
 */
export function folded<T extends Foldable>(findings: readonly T[]): T[] {
  const groups = new Map<string | T, T[]>();
  for (const finding of findings) {
    const cause = causeOf(finding) ?? finding;
    const group = groups.get(cause);
    if (group) group.push(finding);
    else groups.set(cause, [finding]);
  }
  return [...groups.values()].map((group) => joined(group));
}

function joined<T extends Foldable>(group: readonly T[]): T {
  const [first] = group as [T, ...T[]];
  if (group.length === 1) return first;
  const all = <V>(values: (one: T) => readonly V[]): V[] => [
    ...new Set(group.flatMap((one) => values(one))),
  ];
  return {
    ...first,
    places: all(({ places }) => places).sort(),
    count: group.reduce((sum, { count }) => sum + count, 0),
    ...(first.containers && {
      containers: all(({ containers = [] }) => containers),
      ways: all(({ ways = [] }) => ways),
    }),
  };
}

/** Undefined for what is told by itself. */
function causeOf(finding: Foldable): string | undefined {
  const { severity, kind, cause, function: name = "", path, line, containers, places } = finding;
  if (severity === "assumption") return undefined;
  if (containers) return JSON.stringify([severity, kind, ...places]);
  if (kind !== "server-error") return undefined;
  if (cause !== undefined) return JSON.stringify([severity, cause]);
  return path === undefined ? undefined : JSON.stringify([severity, name, path, line]);
}
