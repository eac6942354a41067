/** Delivering requests to the engine: whatever goes wrong is told as an answer, or as a refusal. */
import type { WireDelivery, WireRequest } from "../../engine/index.ts";
import { messageOf, UserError } from "../../errors.ts";
import { HttpRefusal } from "../../host/http-exchange.ts";
import { TooBusyError } from "../../host/priority-queue.ts";
import { EngineBrokenError, type LiveEngine } from "./live-engine.ts";

/**
 * Delivers a request; what could not be run is told as an answer.
 * @throws HttpRefusal 503 when too much waits.
 */
export async function deliver(
  engine: LiveEngine,
  request: Omit<WireRequest, "realm">,
  signal?: AbortSignal,
): Promise<WireDelivery> {
  try {
    return await receive(engine, request, signal);
  } catch (error) {
    if (error instanceof EngineBrokenError || error instanceof UserError) return failure(error);
    throw error;
  }
}

/** @throws EngineBrokenError or UserError when it could not be run; HttpRefusal 503 when too much waits. */
export async function receive(
  engine: LiveEngine,
  request: Omit<WireRequest, "realm">,
  signal?: AbortSignal,
): Promise<WireDelivery> {
  try {
    return await engine.receive(request, signal);
  } catch (error) {
    if (error instanceof TooBusyError) throw new HttpRefusal(503, "Too many requests at once");
    throw error;
  }
}

/** A request that could not be run, as when the code does not load: its client learns no more than that. */
export function failure(error: Error & { hint?: string | undefined }): WireDelivery {
  const body = Buffer.from('{"result":"error","msg":"Internal server error"}\n');
  const hint = error.hint === undefined ? "" : `\n${error.hint}`;
  return {
    response: { status: 503, headers: [["Content-Type", "application/json"]], body },
    messages: [],
    error: {
      type: "NotRun",
      message: messageOf(error),
      traceback: `${messageOf(error)}${hint}`,
    },
  };
}
