/** What is known of the requests of the payloads that `new` is given: the event header's value, and a form around them. */

import { basename } from "node:path";
import type { Checkout } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { sha256 } from "../../host/checksum.ts";
import { headerOf } from "../../host/http-exchange.ts";
import { type FormFieldOf, isEventName, type Payload } from "../../payload/index.ts";
import { Spool, type SpooledRequest } from "../../server/capture/index.ts";

/** The header's value for a payload; undefined where nothing says it. */
export type HeaderValues = (payload: Payload) => string | undefined;

interface Wanted {
  /** The integration's name. */
  readonly name: string;
  /** The header that names the event, where it is known. */
  readonly header: string | undefined;
  /** The payload files, as the user gave them. */
  readonly payloads: readonly string[];
  /** What `--event-name` was given: `file=value`. */
  readonly eventNames: readonly string[];
}

/**
 * Finds the header's values: what the user says comes first, then what `capture` received.
 * @throws UserError `bad-event-name` for what `--event-name` was given, `broken-spool`.
 */
export async function headerValues(checkout: Checkout, wanted: Wanted): Promise<HeaderValues> {
  const { header, payloads } = wanted;
  const said = new Map(wanted.eventNames.map((text) => parseEventName(text, payloads)));
  const received = header === undefined ? [] : await receivedValues(checkout, wanted.name, header);
  return ({ source, bytes }) => said.get(source) ?? valueIn(received, source, bytes);
}

/** Reads `file=value`, of which both may hold further equals signs. */
function parseEventName(text: string, payloads: readonly string[]): [path: string, value: string] {
  for (const path of payloads) {
    const file = [path, basename(path)].find((name) => text.startsWith(`${name}=`));
    if (file === undefined) continue;
    const value = text.slice(file.length + 1);
    if (isEventName(value)) return [path, value];
    throw new UserError(
      `${JSON.stringify(value)} cannot be an event's name, which ${file} was given.`,
      {
        code: "bad-event-name",
        hint: `Give the header's value as it is sent, such as --event-name ${file}=repo:push.`,
      },
    );
  }
  throw new UserError(`--event-name ${JSON.stringify(text)} names none of the payload files.`, {
    code: "bad-event-name",
    hint: "Write a file that --payload is given, an equals sign and the header's value, such as push.json=repo:push.",
  });
}

interface Received {
  readonly request: SpooledRequest;
  readonly value: string;
}

async function receivedValues(
  checkout: Checkout,
  name: string,
  header: string,
): Promise<Received[]> {
  const requests = await new Spool(checkout.root, name).list();
  return requests.flatMap((request) => {
    const value = headerOf(request.headers, header);
    return value !== undefined && isEventName(value) ? [{ request, value }] : [];
  });
}

/** By the name of the fixture that a request became; else, for a file of another name, by its bytes. */
function valueIn(
  received: readonly Received[],
  path: string,
  bytes: Uint8Array,
): string | undefined {
  const file = basename(path);
  const named = received.find(
    ({ request: { outcome } }) => outcome?.kind === "fixture" && outcome.file === file,
  );
  if (named) return named.value;
  const hashes = [bytes, withoutLineBreak(bytes)].map(sha256);
  const same = received.filter(({ request }) => hashes.includes(request.sha256));
  // The same body may come with several events; then it does not tell which one is meant.
  const values = new Set(same.map(({ value }) => value));
  return values.size === 1 ? same[0]?.value : undefined;
}

/** As the body came before it was a fixture; see `fixtureBytes`. */
const withoutLineBreak = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === 10 ? bytes.subarray(0, -1) : bytes;

/**
 * Finds the form's field that a payload's JSON came in: `capture` makes the fixture of what is in the field.
 * @param name The integration's name.
 * @throws UserError `broken-spool`.
 */
export async function formFields(checkout: Checkout, name: string): Promise<FormFieldOf> {
  const fields = new Map<string, string>();
  for (const { outcome } of await new Spool(checkout.root, name).list()) {
    if (outcome?.kind !== "fixture" || outcome.formField === undefined) continue;
    fields.set(outcome.file, outcome.formField);
  }
  return (path) => fields.get(basename(path));
}
