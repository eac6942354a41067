/** Reads times as people write them, as far as Connect's `dateutil` does. */

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );
const WEEKDAY =
  /^(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?$/;
const WEEKDAYS = "sun mon tue wed thu fri sat".split(" ");
/** Words and marks that say nothing. */
const IGNORED = new Set("- / . and at of on t st nd rd th m".split(" "));

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
  /** Whether a zone was given, and how. */
  zone?: "name" | "offset";
  /** The day of the week, from Sunday, which counts where no day of the month is named. */
  weekday?: number;
}

const MINUTES_A_DAY = 24 * 60;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
/** After a date no colons are needed. */
const BARE_CLOCK = /^(\d{2})(?:(\d{2})(\d{2})?)?$/;
const OFFSET = /^(gmt|utc)?([+-])(?:(\d{1,2})|(\d{2})(\d{2})|(\d{1,3}):(\d{1,2}))$/;

/** Separates dates, clock times, zones and words that are written together. */
function tokensOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/\b([ap])\.m\./g, "$1m")
      // As in the log of Python: a comma before the fraction of a second.
      .replace(/(:\d{2}),(\d)/g, "$1.$2")
      // Digits and letters are never one word.
      .replace(/(\d)(?=[a-z])|([a-z])(?=\d)/g, "$1$2 ")
      .replace(/(:\d{2}(?:\.\d+)?|[ap]m)\s*([+-]\d{1,4}(?::\d{1,2})?)(?!\S)/g, "$1 $2")
      // A month by its name between dashes, or with a dot after the day.
      .replace(/(\d)[-/]([a-z]{3,9})[-/](\d)/g, "$1 $2 $3")
      .replace(/(\d)\.(?=\s+[a-z])/g, "$1")
      .split(/[\s,;]+/)
      .filter((token) => token !== "" && !IGNORED.has(token))
  );
}

/** A year that is written with two digits lies within fifty years of now. */
function fullYear(year: number, now: Date): number {
  if (year >= 100) return year;
  const thisYear = now.getUTCFullYear();
  const near = year + thisYear - (thisYear % 100);
  if (near >= thisYear + 50) return near - 100;
  return near < thisYear - 50 ? near + 100 : near;
}

function setDate(parts: Parts, year: string | undefined, month: string, day?: string): void {
  if (year !== undefined) parts.year = Number(year);
  parts.month = Number(month);
  if (day !== undefined) parts.day = Number(day);
}

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/;
/** Without anything between its parts, and then with a time of day. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const MONTH_FIRST = /^(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?$/;

/** A token that is a date by itself. */
function readDate(token: string, parts: Parts, now: Date): boolean {
  if (parts.month !== undefined) return false;
  const yearFirst = YEAR_FIRST.exec(token);
  if (yearFirst) {
    setDate(parts, yearFirst[1], yearFirst[2] ?? "", yearFirst[3]);
    return true;
  }
  const compact = COMPACT.exec(token);
  if (compact) {
    setDate(parts, compact[1], compact[2] ?? "", compact[3]);
    if (compact[4] !== undefined) setClock(parts, compact.slice(4));
    return true;
  }
  const monthFirst = MONTH_FIRST.exec(token);
  if (!monthFirst) return false;
  const [, first = "", second = "", year] = monthFirst;
  const full = year && String(fullYear(Number(year), now));
  if (Number(first) > 12) setDate(parts, full, second, first);
  else setDate(parts, full, first, second);
  return true;
}

function setClock(parts: Parts, [hour, minute, second, fraction = ""]: (string | undefined)[]) {
  parts.hour = Number(hour);
  parts.minute = Number(minute ?? 0);
  parts.second = Number(second ?? 0);
  parts.microsecond = Number(fraction.slice(0, 6).padEnd(6, "0"));
}

/** A token that is a time of day, or changes the one before it. */
function readClock(token: string, parts: Parts): boolean {
  const { year, month, day, numbers } = parts;
  const known = [year, month, day].filter((part) => part !== undefined).length + numbers.length;
  const hasDate = known === 3 && parts.hour < 0;
  const clock = CLOCK.exec(token) ?? (hasDate ? BARE_CLOCK.exec(token) : null);
  if (clock) {
    setClock(parts, clock.slice(1));
    return true;
  }
  if (token !== "am" && token !== "pm") return false;
  const bareHour = parts.hour < 0 ? parts.numbers.pop() : undefined;
  if (bareHour !== undefined) parts.hour = bareHour;
  if (parts.hour < 0 || parts.hour > 12) return false;
  parts.hour = (parts.hour % 12) + (token === "pm" ? 12 : 0);
  return true;
}

/**
 * An offset or the name of a zone, after a time of day. A name after an offset is one too many, as in `+0000 UTC`,
 * unless it stands in parentheses; an offset after a name changes nothing.
 */
function readZone(token: string, parts: Parts): boolean {
  if (parts.hour < 0) return false;
  if (parts.zone === "name" && /^[+-]/.test(token)) return true;
  if (parts.zone) {
    const name = /^\(([a-z]{3,5})\)$/.exec(token)?.[1];
    const hours = ZONES.get(name ?? "");
    if (hours !== undefined) parts.offset = hours * 60;
    return name !== undefined;
  }
  const offset = OFFSET.exec(token);
  const known = ZONES.get(token);
  parts.zone = offset ? "offset" : "name";
  if (offset) {
    const [, name, sign, hours, hour, minute, longHour, longMinute] = offset;
    const minutes = Number(hours ?? hour ?? longHour) * 60 + Number(minute ?? longMinute ?? 0);
    // `GMT+3` means that this time plus three hours is Greenwich's, the other way around than `+3`.
    parts.offset = (sign === "-") === (name === undefined) ? -minutes : minutes;
    if (minutes >= MINUTES_A_DAY) return false;
  } else if (known !== undefined) parts.offset = known * 60;
  else return false;
  return true;
}

function readWord(token: string, parts: Parts): boolean {
  if (WEEKDAY.test(token)) {
    parts.weekday = WEEKDAYS.indexOf(token.slice(0, 3));
    return true;
  }
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
function placeNumbers(parts: Parts, now: Date): boolean {
  if (parts.numbers.length > 1 && parts.month === undefined) return false;
  for (const number of parts.numbers) {
    if (number > 31 && parts.year === undefined) parts.year = fullYear(number, now);
    else if (parts.day === undefined) parts.day = number;
    else if (parts.year === undefined) parts.year = fullYear(number, now);
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
  if (parts.day === undefined && parts.weekday !== undefined) {
    date.setUTCDate(day + ((7 + parts.weekday - date.getUTCDay()) % 7));
  }
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
  const parts: Parts = {
    numbers: [],
    hour: -1,
    minute: 0,
    second: 0,
    microsecond: 0,
    offset: 0,
  };
  const isUnderstood =
    tokens.length > 0 &&
    tokens.every(
      (token) =>
        readDate(token, parts, now) ||
        readClock(token, parts) ||
        readZone(token, parts) ||
        readWord(token, parts),
    );
  if (isUnderstood && placeNumbers(parts, now)) {
    const date = assemble(parts, now);
    if (date) return format(date, parts.microsecond);
  }
  const [, seconds, fraction = ""] = /^\s*(\d{1,10})(?:\.(\d+))?\s*$/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  return format(new Date(Number(seconds) * 1000), Number(fraction.slice(0, 6).padEnd(6, "0")));
}
