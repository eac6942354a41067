/** What must not be published, found before it is written: for `capture`, and for the payloads of `new` and `extend`. */
import { UserError } from "../errors.ts";
import { covers, readSettings } from "../lint/index.ts";
import { extensionOf, type Payload, toPayload } from "../payload/index.ts";
import { Redactor, type Sensitive } from "../payload/secrets/index.ts";
import {
  type Checked,
  checkedFixture,
  type FixtureToBe,
  type IsAllowed,
  partsLeftOut,
  redactedFixture,
} from "../server/capture/index.ts";
import { columns } from "../ui/layout.ts";
import type { Paint } from "../ui/marks.ts";
import { printableLine } from "../ui/steering.ts";
import { count } from "../ui/text.ts";
import type { Context } from "./define.ts";

/**
 * What `connect-webhook.config.json` says about lint's rules on the same things holds here too.
 * @param root The tree's absolute folder.
 * @param name The integration.
 * @param folder That of its fixtures, relative to the root.
 */
export async function allowedIn(root: string, name: string, folder: string): Promise<IsAllowed> {
  const { severities, exceptions } = await readSettings(root);
  const rules = { credential: "fixture-secrets", person: "fixture-people" } as const;
  return (kind, file) => {
    const rule = rules[kind];
    const problem = { rule, integration: name, path: `${folder}/${file}` };
    return severities.get(rule) === "off" || exceptions.some((one) => covers(one, problem));
  };
}

/** A file, and what was found in it. */
interface Found {
  readonly file: string;
  readonly sensitive: readonly Sensitive[];
}

const MOST_FINDINGS = 12;

/** What was found, never the value itself. */
export function findings(files: readonly Found[], paint: Paint): string {
  return files
    .map(({ file, sensitive }) =>
      rowsBelow(
        file,
        sensitive.map(({ where, what, masked }) => [where, what, masked]),
        paint,
      ),
    )
    .join("\n");
}

function rowsBelow(
  file: string,
  rows: readonly (readonly [where: string, what: string, value: string])[],
  paint: Paint,
): string {
  const shown = rows
    .slice(0, MOST_FINDINGS)
    .map(([where, what, value]) => [
      `    ${printableLine(where)}`,
      what,
      paint.dim(printableLine(value)),
    ]);
  const more = rows.length - shown.length;
  const rest = more > 0 ? `\n    and ${more} more` : "";
  return `  ${printableLine(file)}\n${columns(shown)}${rest}`;
}

/**
 * Shows what was found, and asks whether it is to be replaced; `--yes` is no yes to this.
 * @param noun What the files are: "fixture", "payload".
 * @throws CancelledError
 */
export async function confirmRedaction(
  dirty: readonly Found[],
  noun: string,
  context: Context,
): Promise<boolean> {
  sayFound(dirty, noun, context);
  const them = dirty.length === 1 ? "it" : "them";
  return context.prompts.confirm(`Replace these values with made-up ones, and write ${them}?`);
}

function sayFound(dirty: readonly Found[], noun: string, { out }: Context): void {
  const hold = dirty.length === 1 ? "holds" : "hold";
  out.warn(`${count(dirty.length, noun)} ${hold} data that must not be published:`);
  out.say(findings(dirty, out.paintStderr));
}

/** Says what of payloads does not become part of their fixtures. */
export function sayLeftOut(payloads: readonly Payload[], { out }: Context): void {
  for (const { source, leftOut } of payloads)
    if (leftOut) out.warn(printableLine(`${source} ${partsLeftOut(leftOut)}.`));
}

/** What was replaced in a payload; the values themselves are said nowhere. */
export interface ReplacedIn {
  readonly file: string;
  readonly replaced: readonly {
    readonly what: string;
    readonly where: string;
    readonly by: string;
  }[];
}

/** Payloads that may be published. */
export interface Publishable {
  readonly payloads: readonly Payload[];
  readonly replaced: readonly ReplacedIn[];
}

/** Where payloads are to be published, and what the user said of it. */
export interface Publishing {
  readonly root: string;
  /** The integration. */
  readonly name: string;
  /** That of its fixtures, relative to the root. */
  readonly folder: string;
  /** Whether `--redact` was given. */
  readonly redact: boolean;
}

/**
 * The payloads as they may be published: as they are, or with what must not be replaced, alike in all of them.
 * @throws UserError `sensitive-payload` where they hold such data and nobody wants it replaced, `hidden-secret`.
 */
export async function publishable(
  payloads: readonly Payload[],
  { root, name, folder, redact }: Publishing,
  context: Context,
): Promise<Publishable> {
  const isAllowed = await allowedIn(root, name, folder);
  const checked = payloads.map((payload) => {
    const { fixture: file, bytes, format } = payload;
    const content = { bytes, extension: extensionOf(format), notes: [] };
    return checkedFixture({ file, content, payload }, isAllowed);
  });
  const dirty = checked.filter(({ sensitive }) => sensitive.length > 0);
  if (dirty.length === 0) return { payloads, replaced: [] };
  if (!redact && !(await wantsRedaction(dirty, context))) throw held(dirty);
  const redactor = new Redactor();
  const redacted = checked.map((one) => redactedFixture(one, redactor));
  return {
    payloads: redacted.map(({ payload, content }) => ({
      ...payload,
      ...readAgain(payload, content.bytes),
    })),
    replaced: redacted.flatMap(({ payload: { source: file }, replaced }) =>
      replaced.length > 0 ? [{ file, replaced }] : [],
    ),
  };
}

function readAgain({ source }: Payload, bytes: Uint8Array): Pick<Payload, "bytes" | "value"> {
  const { value } = toPayload(source, bytes);
  return { bytes, value };
}

type CheckedPayload = Checked<FixtureToBe & { readonly payload: Payload }>;

const named = ({ payload: { source: file }, sensitive }: CheckedPayload): Found => ({
  file,
  sensitive,
});

async function wantsRedaction(
  dirty: readonly CheckedPayload[],
  context: Context,
): Promise<boolean> {
  const files = dirty.map(named);
  if (context.prompts.interactive && !context.yes)
    return confirmRedaction(files, "payload", context);
  sayFound(files, "payload", context);
  return false;
}

function held(dirty: readonly CheckedPayload[]): UserError {
  const [first] = dirty.map(named);
  const [one] = first?.sensitive ?? [];
  const others = dirty.reduce((sum, { sensitive }) => sum + sensitive.length, -1);
  const more = others > 0 ? `, and there ${others === 1 ? "is 1 more" : `are ${others} more`}` : "";
  return new UserError(
    `Nothing was written, because ${first?.file} holds ${one?.what} at ${one?.where}: ${one?.masked}${more}.`,
    {
      code: "sensitive-payload",
      hint: "--redact replaces such data, alike in all payloads; `connect-webhook explain capture` says how to allow what is harmless.",
    },
  );
}

/** Says what was replaced, and by what. */
export function sayReplaced(replaced: readonly ReplacedIn[], { out }: Context): void {
  const total = replaced.reduce((sum, one) => sum + one.replaced.length, 0);
  if (total === 0) return;
  out.say(`${count(total, "value")} replaced:`);
  for (const { file, replaced: ones } of replaced) {
    const rows = ones.map(({ where, what, by }) => [where, what, by] as const);
    out.say(rowsBelow(file, rows, out.paintStderr));
  }
}
