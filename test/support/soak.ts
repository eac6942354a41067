/** Whether tests take the sizes that are too large for every run: `npm run test:soak`. */
export const soak = process.env.CONNECT_WEBHOOK_SOAK === "1";

/** Which cases of a table every run takes. */
interface Share<T> {
  /** Of each kind the first is taken, and every so many after it. */
  readonly every: number;
  /** How many of each kind are passed over before the first, so that tables of the same cases share them out. */
  readonly from?: number;
  readonly kindOf?: (item: T) => string;
}

/** @returns The cases of a table that are run: all in the soak run, else some of each kind. */
export function sample<T>(
  cases: readonly T[],
  { every, from = 0, kindOf = () => "" }: Share<T>,
): readonly T[] {
  if (soak) return cases;
  const seen = new Map<string, number>();
  return cases.filter((item) => {
    const kind = kindOf(item);
    const index = seen.get(kind) ?? 0;
    seen.set(kind, index + 1);
    return index % every === from;
  });
}
