/** The options of `capture`. */
import { parseEventKey, parseHeaderName } from "../../payload/events.ts";
import { defineOptions, type OptionsOf } from "../define.ts";
import { parsePort, usage } from "../option-values.ts";

const MAX_DELAY_S = 60;

/** What only a run that listens can do. */
const LISTENING = {
  from: "an import receives nothing",
  finish: "nothing is received then",
};

export const captureOptions = defineOptions({
  port: {
    value: "number",
    description: "listen on this port; 0 selects a free one (default: 8484)",
    parse: parsePort,
    conflicts: LISTENING,
  },
  host: {
    value: "address",
    description: "listen on this address of this machine",
    default: "127.0.0.1",
    parse: parseHost,
    conflicts: LISTENING,
  },
  status: {
    value: "code",
    description: "respond with this status",
    default: "200",
    parse: parseStatus,
    conflicts: LISTENING,
  },
  delay: {
    value: "seconds",
    description: "wait before each response",
    default: "0",
    parse: parseDelay,
    conflicts: LISTENING,
  },
  forward: {
    value: "url",
    description: "forward each request to this address, and return its response",
    parse: parseUrl,
    conflicts: LISTENING,
  },
  secret: {
    value: "text",
    description:
      "the service's signing secret, for services that require proof of it (or CONNECT_WEBHOOK_SECRET)",
    parse: parseSecret,
    conflicts: LISTENING,
  },
  count: {
    value: "number",
    description: "stop after this number of requests",
    parse: parseCount,
    conflicts: LISTENING,
  },
  from: {
    value: "file",
    many: true,
    description:
      "import recorded requests instead of listening: a curl command, a HAR file, or JSON from webhook.site, ngrok, smee or GitHub's deliveries",
    conflicts: { finish: "" },
  },
  finish: { description: "only make fixtures from requests that an earlier run received" },
  redact: { description: "replace secrets and personal data, consistently in all fixtures" },
  eventHeader: {
    value: "header",
    description: "the header that names the event (default: detected)",
    parse: (text) => parseHeaderName(text),
    conflicts: { eventKey: "" },
  },
  eventKey: {
    value: "path",
    description: "the payload's key that names the event, as a dotted path",
    parse: parseEventKey,
  },
  dryRun: { description: "show which fixtures would be written, and write none" },
});

export type CaptureOptions = OptionsOf<typeof captureOptions>;

/** An empty one would mean every address of the machine. */
function parseHost(text: string): string {
  if (/^[\w.:%-]+$/.test(text)) return text;
  throw usage(
    `'${text}' is not an address.`,
    "Give --host an address of this machine, such as 127.0.0.1.",
  );
}

function parseStatus(text: string): number {
  const status = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (status >= 200 && status <= 599) return status;
  throw usage(`'${text}' is not a status.`, "Give --status a number from 200 to 599, such as 500.");
}

/** @returns Milliseconds. */
function parseDelay(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= MAX_DELAY_S) return seconds * 1000;
  throw usage(
    `'${text}' is not a delay.`,
    `Give --delay a number of seconds up to ${MAX_DELAY_S}, such as 2.5.`,
  );
}

function parseSecret(text: string): string {
  if (text !== "") return text;
  throw usage("The secret is empty.", "Give --secret the secret that the service signs with.");
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usage(`'${text}' is not a number of requests.`, "Give --count a number of 1 or more.");
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url;
  throw usage(
    "The address given with --forward is not an http or https URL.",
    "Give the full URL, such as --forward http://127.0.0.1:9991/api/v1/external/mywebhook.",
  );
}
