/** Several pictures under way at once. */
import { CancelledError } from "../errors.ts";
import { coreCount } from "../host/child.ts";

/** While some pictures are drawn, others are packed and another one is delivered. */
function concurrency(): number {
  return 4 * Math.max(2, coreCount());
}

/**
 * Works on items several at a time; the first failure stops the rest.
 * @returns The results in the order of the items.
 * @throws CancelledError when the signal is aborted.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      if (signal?.aborted) throw new CancelledError();
      results[index] = await work(items[index] as T);
    }
  };
  const workers = Array.from({ length: concurrency() }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    next = items.length;
    await Promise.allSettled(workers);
    throw error;
  }
  return results;
}
