/** Reads times as people write them, as far as Connect's `dateutil` does. */

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );
const WEEKDAY =
  /^(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?$/;

/** Hours east of UTC of the zone names that `<time:…>` knows. */
const ZONES: ReadonlyMap<string, number> = new Map(
  `z 0, utc 0, gmt 0, wet 0, bst 1, cet 1, west 1, wat 1, cest 2, eet 2, sast 2, cat 2, eest 3,
  eat 3, msk 3, pkt 5, ist 5.5, wib 7, hkt 8, wita 8, jst 9, kst 9, wit 9, acst 9.5, aest 10,
  acdt 10.5, aedt 11, nzst 12, nzdt 13, nst -3.5, ndt -2.5, ast -4, adt -3, est -5, edt -4, cst -6,
  cdt -5, mst -7, mdt -6, pst -8, pdt -7, akst -9, akdt -8, hst -10, hdt -9, sst -11`
    .split(",")
    .map((entry) => entry.trim().split(" "))
    .map(([name = "", hours]) => [name, Number(hours)]),
);

interface Parts {
  numbers: number[];
  year?: number;
  month?: number;
  day?: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Minutes east of UTC; without one the time counts as UTC. */
  offset: number;
}

const MINUTES_A_DAY = 24 * 60;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;

/** Separates dates, clock times, zones and words that are written together. */
function tokensOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/(\d)t(\d)/g, "$1 $2")
    .replace(/(\d)(z|am|pm)\b/g, "$1 $2")
    .replace(/(:\d{2}(?:\.\d+)?)\s*([+-]\d{2}:?(?:\d{2})?)\b/g, "$1 $2")
    .split(/[\s,]+/)
    .filter((token) => token !== "" && token !== "at" && token !== "of");
}

function setDate(parts: Parts, year: string, month: string, day: string): void {
  parts.year = Number(year);
  parts.month = Number(month);
  parts.day = Number(day);
}

/** A token that is a date by itself. */
function readDate(token: string, parts: Parts): boolean {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(token);
  if (yearFirst) {
    setDate(parts, yearFirst[1] ?? "", yearFirst[2] ?? "", yearFirst[3] ?? "1");
    return true;
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(token);
  if (compact) {
    setDate(parts, compact[1] ?? "", compact[2] ?? "", compact[3] ?? "");
    return true;
  }
  const monthFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(token);
  if (!monthFirst) return false;
  const [, first = "", second = "", year = ""] = monthFirst;
  const fullYear = year.length === 2 ? `20${year}` : year;
  if (Number(first) > 12) setDate(parts, fullYear, second, first);
  else setDate(parts, fullYear, first, second);
  return true;
}

/** A token that is a time of day, or changes the one before it. */
function readClock(token: string, parts: Parts): boolean {
  const clock = CLOCK.exec(token);
  if (clock) {
    parts.hour = Number(clock[1]);
    parts.minute = Number(clock[2]);
    parts.second = Number(clock[3] ?? 0);
    parts.microsecond = Number((clock[4] ?? "").slice(0, 6).padEnd(6, "0"));
    return true;
  }
  const compact = parts.year === undefined ? null : /^(\d{2})(\d{2})(\d{2})$/.exec(token);
  if (compact) {
    [parts.hour, parts.minute, parts.second] = [
      Number(compact[1]),
      Number(compact[2]),
      Number(compact[3]),
    ];
    return true;
  }
  if (token !== "am" && token !== "pm") return false;
  const bareHour = parts.hour < 0 ? parts.numbers.pop() : undefined;
  if (bareHour !== undefined) parts.hour = bareHour;
  if (parts.hour < 0 || parts.hour > 12) return false;
  parts.hour = (parts.hour % 12) + (token === "pm" ? 12 : 0);
  return true;
}

function readZone(token: string, parts: Parts): boolean {
  const offset = OFFSET.exec(token);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    parts.offset = offset[1] === "-" ? -minutes : minutes;
    return parts.hour >= 0 && minutes < MINUTES_A_DAY;
  }
  const known = ZONES.get(token);
  if (known === undefined) return false;
  parts.offset = known * 60;
  return true;
}

function readWord(token: string, parts: Parts): boolean {
  if (WEEKDAY.test(token)) return true;
  const word = token.replace(/\.$/, "").replace(/^sept$/, "sep");
  const month = MONTHS.findIndex((name) => word === name || word === name.slice(0, 3));
  if (month >= 0) {
    parts.month = month + 1;
    return true;
  }
  const number = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(token)?.[1];
  if (number === undefined) return false;
  parts.numbers.push(Number(number));
  return true;
}

/** Bare numbers are a day and a year, beside a month's name; a number that stands alone is one of the two. */
function placeNumbers(parts: Parts): boolean {
  if (parts.numbers.length > 1 && parts.month === undefined) return false;
  for (const number of parts.numbers) {
    if (number > 31 && parts.year === undefined) parts.year = number;
    else if (parts.day === undefined) parts.day = number;
    else if (parts.year === undefined) parts.year = number < 100 ? 2000 + number : number;
    else return false;
  }
  return true;
}

/** The date that the parts mean, unless they name a day or an hour that does not exist. */
function assemble(parts: Parts, now: Date): Date | undefined {
  const { hour, minute, second, offset } = parts;
  const year = parts.year ?? now.getUTCFullYear();
  const month = parts.month ?? now.getUTCMonth() + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = parts.day ?? Math.min(now.getUTCDate(), lastDay);
  if (hour > 23 || minute > 59 || second > 59 || month > 12) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return undefined;
  date.setUTCHours(Math.max(hour, 0), minute - offset, second);
  return date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999 ? date : undefined;
}

/** A time as Connect writes it: fractions only where there are some. */
function format(date: Date, microsecond: number): string {
  const fraction = microsecond === 0 ? "" : `.${String(microsecond).padStart(6, "0")}`;
  return `${date.toISOString().slice(0, 19)}${fraction}Z`;
}

/**
 * Reads a time: ISO 8601, a date in words or digits, a time of day, or seconds since 1970.
 * Without a zone it counts as UTC.
 * @param text The time as the author wrote it.
 * @param now Fills in the date of a time of day and the year of a date.
 * @returns The time in UTC as ISO 8601, or nothing when the text is none.
 */
export function parseTime(text: string, now: Date): string | undefined {
  const tokens = tokensOf(text.trim().slice(0, 100));
  const parts: Parts = { numbers: [], hour: -1, minute: 0, second: 0, microsecond: 0, offset: 0 };
  const isUnderstood =
    tokens.length > 0 &&
    tokens.every(
      (token) =>
        readDate(token, parts) ||
        readClock(token, parts) ||
        readZone(token, parts) ||
        readWord(token, parts),
    );
  if (isUnderstood && placeNumbers(parts)) {
    const date = assemble(parts, now);
    if (date) return format(date, parts.microsecond);
  }
  const [, seconds, fraction = ""] = /^\s*(\d{1,10})(?:\.(\d+))?\s*$/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  return format(new Date(Number(seconds) * 1000), Number(fraction.slice(0, 6).padEnd(6, "0")));
}
