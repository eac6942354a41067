/** A receiver in this process, on a spool in a temporary folder. */
import { onTestFinished } from "vitest";
import {
  type ReceiverEvent,
  Spool,
  type SpooledRequest,
  startReceiver,
} from "../../../src/server/capture/index.ts";
import { temporaryDirectory } from "../../support/tree.ts";

type Options = Omit<
  Parameters<typeof startReceiver>[0],
  "spool" | "port" | "status" | "delayMs" | "onEvent"
>;

export interface Receiving {
  readonly url: string;
  readonly port: number;
  readonly spool: Spool;
  readonly events: ReceiverEvent[];
  /** Every request in the spool with its bytes, by its target. */
  kept(): Promise<Map<string, { request: SpooledRequest; body: Buffer }>>;
  close(): Promise<void>;
}

export async function receiving(
  options: Partial<Options> & { status?: number; delayMs?: number } = {},
): Promise<Receiving> {
  const spool = new Spool(temporaryDirectory(), "x");
  const events: ReceiverEvent[] = [];
  const { status = 200, delayMs = 0, ...others } = options;
  const onEvent = (event: ReceiverEvent): void => void events.push(event);
  const server = await startReceiver({ spool, port: 0, status, delayMs, onEvent, ...others });
  onTestFinished(() => server.close(0));
  return {
    url: server.url,
    port: server.port,
    spool,
    events,
    close: () => server.close(),
    async kept() {
      const found = new Map<string, { request: SpooledRequest; body: Buffer }>();
      for (const request of await spool.list()) {
        found.set(request.target, { request, body: await spool.body(request) });
      }
      return found;
    },
  };
}
