/** What of a tree's library views are written with. It has had other names and parameters over the years. */
import { join } from "node:path";
import { readTextIfExists } from "../host/files.ts";
import type { LibraryDialect } from "./dialect-model.ts";

/**
 * Reads which names the library has. A file that is not there says nothing, and is taken to be as today's.
 * @param root Absolute root of the tree.
 */
export async function readLibraryDialect(root: string): Promise<LibraryDialect> {
  const read = (path: string): Promise<string | undefined> => readTextIfExists(join(root, path));
  const [exceptions, validator, decorator, response, common] = await Promise.all([
    read("zerver/lib/exceptions.py"),
    read("zerver/lib/validator.py"),
    read("zerver/decorator.py"),
    read("zerver/lib/response.py"),
    read("zerver/lib/webhooks/common.py"),
  ]);
  const [, error] =
    /^class (Un(?:supported|expected)WebhookEventType(?:Error)?)\(/m.exec(exceptions ?? "") ?? [];
  const webhookView = /^def (webhook_view|api_key_only_webhook_view)\b/m.exec(decorator ?? "")?.[1];
  const view = webhookView ?? "webhook_view";
  return {
    unsupportedEvent:
      error ?? (exceptions === undefined ? "UnsupportedWebhookEventTypeError" : undefined),
    unsupportedEventTakesName:
      error !== undefined && initOf(exceptions ?? "", error).includes("webhook_name"),
    wildValue: validator === undefined || /^class WildValue\b/m.test(validator),
    webhookView: view,
    declaresEvents:
      webhookView === undefined || signatureOf(decorator ?? "", view).includes("all_event_types"),
    successTakesRequest:
      response === undefined || /\brequest\b/.test(signatureOf(response, "json_success")),
    sendTakesEvent:
      common === undefined ||
      !/^def check_send_webhook_message\b/m.test(common) ||
      signatureOf(common, "check_send_webhook_message").includes("complete_event_type"),
  };
}

function signatureOf(source: string, name: string): string {
  const start = source.search(new RegExp(`^def ${name}\\(`, "m"));
  return start < 0 ? "" : (/^[^)]*/.exec(source.slice(start))?.[0] ?? "");
}

function initOf(source: string, name: string): string {
  const body = source.slice(source.search(new RegExp(`^class ${name}\\b`, "m")));
  const next = body.slice(1).search(/^class /m);
  const own = next < 0 ? body : body.slice(0, next);
  return /def __init__\(([^)]*)/.exec(own)?.[1] ?? "";
}
