/** An event the view does not know must be refused by name, not by a crash, and not without a word. */
import { findNodes } from "../../python/source.ts";
import { passesAnyOn } from "../any-event.ts";
import { type EventLookup, eventFlow } from "../event-flow.ts";
import { declaredEvents, tableKeys } from "../event-types.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const eventUnknown: Rule = {
  id: "event-unknown",
  part: "view",
  severity: "hint",
  summary:
    "A view that distinguishes event types raises the tree's exception for unsupported events for all other types.",
  why: "The server records that exception without bothering anybody. A silently ignored event can go unnoticed for years. A failed lookup or any other exception results in an error, after which some services disable the webhook permanently. A view that sends a message for any type, and passes the type on, needs no exception. For files that the branch adds, the finding is a warning.",
  howToFix:
    "Use `.get()` for the lookup, and raise that exception if there is no result. It is currently called `UnsupportedWebhookEventTypeError`.",
  needsEntry: false,
  dialects:
    "The name of the exception comes from `zerver/lib/exceptions.py`; trees without one are not checked.",
  check(target) {
    const exception = target.checkout.dialect.view.library.unsupportedEvent;
    if (exception === undefined) return [];
    const lookups = [
      ...(declaredEvents(target) ? eventFlow(target).lookups.filter(({ bare }) => bare) : []),
      ...namedLookups(target),
    ];
    const raises = target.files.viewFiles.some((path) =>
      new RegExp(`\\b${exception}\\(|raise ${exception}\\b`).test(target.text(path) ?? ""),
    );
    const crash = lookups.find((lookup) => isBare(target, lookup, raises));
    const { path, module, message, fix } = crash
      ? {
          ...crash,
          message: `\`${crash.table}[${crash.key}]\` fails with a server error for an event that the table does not have.`,
          fix: `Use \`${crash.table}.get(${crash.key})\`, and raise \`${exception}(${crash.key})\` when there is nothing.`,
        }
      : {
          path: target.files.viewFile,
          module: target.view(),
          message: `The view never raises \`${exception}\`: an event that it does not know is swallowed, or answered with another error.`,
          fix: `Raise \`${exception}\` for it.`,
        };
    if (path === undefined || !module || (!crash && (raises || !distinguishes(target)))) return [];
    const offset = crash?.node.from ?? declaredEvents(target)?.offset ?? 0;
    const severity: Finding["severity"] = target.session.isNew(path) ? "warning" : "hint";
    return [{ path, ...placeOf(module, offset), severity, message, fix }];
  },
};

/** Tables of the view that are looked up by what is called an event, where it is passed on nowhere. */
function namedLookups(target: LintTarget): EventLookup[] {
  const module = target.view();
  const path = target.files.viewFile;
  if (!module || path === undefined) return [];
  if (!/\w\[\w{0,60}(?:event|action|type|kind)\w{0,60}\]/i.test(module.text)) return [];
  return findNodes(module.root, "MemberExpression").flatMap((node) => {
    const source = module.text.slice(node.from, node.to);
    const [, table = "", key = ""] = /^(\w+)\[([^\]'"]*)\]$/.exec(source) ?? [];
    if (!/event|action|type|kind/i.test(key)) return [];
    return [{ path, module, node, table, key, bare: true, hasDefault: false }];
  });
}

/** Whether the view declares its event types, and its code knows them by name. */
function distinguishes(target: LintTarget): boolean {
  if (!declaredEvents(target)) return false;
  const flow = eventFlow(target);
  const { compared, lookups } = flow;
  if (passesAnyOn(flow)) return false;
  return new Set(compared.map(({ name }) => name)).size > 1 || lookups.length > 0;
}

/** Whether a lookup fails: nothing asks before, and nothing catches what happens. */
function isBare(
  target: LintTarget,
  { module, table, node }: EventLookup,
  raises: boolean,
): boolean {
  if (tableKeys(module, table).length === 0) return false;
  // Where what the table does not have is dealt with, it is asked for with `None` in mind.
  const statement = node.parent;
  const name =
    statement?.name === "AssignStatement" && statement.lastChild?.from === node.from
      ? module.text.slice(statement.firstChild?.from, statement.firstChild?.to)
      : undefined;
  const end = statement?.to ?? node.to;
  const after = module.text.slice(end, end + 300);
  if (name && new RegExp(`^\\s*(#.*\\s*)*if (${name} is None|not ${name}):`).test(after))
    return true;
  return !raises && !guardedTables(module.text)(table) && target.view() === module;
}

/** Tells of a table whether the code asks before it looks a key up, or catches what happens. */
function guardedTables(text: string): (table: string) => boolean {
  const code = text.replace(/^ALL_EVENT_TYPES.*$/m, "");
  if (code.includes("except KeyError")) return () => true;
  const asked = code.matchAll(/\bin (\w+)|\b(\w+)\.(?:get|keys)\(/g);
  const names = new Set([...asked].map(([, within, got]) => within ?? got));
  return (table) => names.has(table);
}
