/** The options of `capture`, checked. */
import { UserError } from "../../errors.ts";
import { type EventSource, parseEventHeader, parseEventKey } from "../../payload/index.ts";
import { parsePort } from "../port.ts";

/** What the command line gave. */
export interface CaptureFlags {
  port: string | undefined;
  host: string;
  status: string;
  delay: string;
  forward: string | undefined;
  secret: string | undefined;
  count: string | undefined;
  from: string[];
  finish: boolean;
  redact: boolean;
  eventHeader: string | undefined;
  eventKey: string | undefined;
  dryRun: boolean;
}

export interface CaptureOptions {
  /** undefined: the usual one, or any when that is taken. */
  port: number | undefined;
  host: string;
  status: number;
  delayMs: number;
  forwardTo: URL | undefined;
  secret: string | undefined;
  count: number | undefined;
  from: readonly string[];
  finish: boolean;
  redact: boolean;
  source: EventSource | undefined;
  dryRun: boolean;
}

const MAX_DELAY_S = 60;

/**
 * Checks the options.
 * @throws UserError `usage` for a value that is none, and for options that exclude each other.
 */
export function checkOptions(flags: CaptureFlags): CaptureOptions {
  refuseExcluding(flags);
  return {
    port: flags.port === undefined ? undefined : parsePort(flags.port),
    host: toHost(flags.host),
    status: toStatus(flags.status),
    delayMs: toDelay(flags.delay),
    forwardTo: flags.forward === undefined ? undefined : toUrl(flags.forward),
    secret: flags.secret === undefined ? undefined : toSecret(flags.secret),
    count: flags.count === undefined ? undefined : toCount(flags.count),
    from: flags.from,
    finish: flags.finish,
    redact: flags.redact,
    source: sourceOf(flags),
    dryRun: flags.dryRun,
  };
}

function refuseExcluding(flags: CaptureFlags): void {
  if (flags.from.length > 0 && flags.finish) {
    throw usage("--from and --finish exclude each other.", "Leave one of them out.");
  }
  if (flags.eventHeader !== undefined && flags.eventKey !== undefined) {
    throw usage("--event-header and --event-key exclude each other.", "Leave one of them out.");
  }
  const listens = flags.from.length === 0 && !flags.finish;
  const forListening = Object.entries({
    "--port": flags.port !== undefined,
    "--forward": flags.forward !== undefined,
    "--count": flags.count !== undefined,
    "--secret": flags.secret !== undefined,
  }).find(([, isGiven]) => isGiven);
  if (listens || !forListening) return;
  const other = flags.finish ? "--finish" : "--from";
  throw usage(
    `${forListening[0]} is for listening, which ${other} does not.`,
    "Leave one of them out.",
  );
}

function sourceOf({ eventHeader, eventKey }: CaptureFlags): EventSource | undefined {
  if (eventHeader !== undefined) return { kind: "header", header: parseEventHeader(eventHeader) };
  return eventKey === undefined ? undefined : { kind: "key", path: parseEventKey(eventKey) };
}

/** An empty one would mean every address of the machine. */
function toHost(text: string): string {
  if (/^[\w.:%-]+$/.test(text)) return text;
  throw usage(
    `'${text}' is not an address.`,
    "Give --host an address of this machine, such as 127.0.0.1.",
  );
}

function toStatus(text: string): number {
  const status = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (status >= 200 && status <= 599) return status;
  throw usage(`'${text}' is not a status.`, "Give --status a number from 200 to 599, such as 500.");
}

function toDelay(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= MAX_DELAY_S) return seconds * 1000;
  throw usage(
    `'${text}' is not a delay.`,
    `Give --delay a number of seconds up to ${MAX_DELAY_S}, such as 2.5.`,
  );
}

function toSecret(text: string): string {
  if (text !== "") return text;
  throw usage("An empty secret signs nothing.", "Give --secret what the service signs with.");
}

function toCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usage(`'${text}' is not a number of requests.`, "Give --count a number from 1.");
}

function toUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url;
  throw usage(
    "The address given with --forward is not one of http or https.",
    "Give it whole, such as --forward http://127.0.0.1:9991/api/v1/external/mywebhook.",
  );
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { code: "usage", hint });
}
