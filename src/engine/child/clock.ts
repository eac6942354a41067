/**
 * The clock that Python sees.
 *
 * Every clock of Python that tells the date, in C too, asks JavaScript's `Date.now`. Those that measure spans ask
 * another one and go on.
 */

/**
 * Does some work while Python's clock stands still at a moment.
 * @param moment Milliseconds since 1970; the real time goes on when it is left out.
 */
export function withFrozenTime<T>(moment: number | undefined, work: () => T): T {
  if (moment === undefined) return work();
  const real = Date.now;
  Date.now = () => moment;
  try {
    return work();
  } finally {
    Date.now = real;
  }
}
