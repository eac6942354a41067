/**
 * The process that reads strangers' pictures: it draws logos and decodes PNGs for its parent, which ends it when one
 * takes too long or too much memory. It answers one request after the other.
 */
import sharp from "sharp";
import { messageOf, UserError } from "../../errors.ts";
import { endAtOnce, endWithParent, parentInput, writeToParent } from "../../host/as-child.ts";
import { decodeFrames, encodeFrame } from "../../host/frames.ts";
import { judgeSize, type Reply, type Request } from "../messages.ts";
import { pack, unpack } from "../packing.ts";
import { operations } from "./operations.ts";

endWithParent();
// Of the formats that the library reads, logos and pictures have these two.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadSvgBuffer", "VipsForeignLoadPngBuffer"] });
// No picture is asked for twice.
sharp.cache(false);

async function replyTo({ operation, args }: Request): Promise<Reply> {
  try {
    const work = operations[operation] as (...given: unknown[]) => Promise<unknown>;
    return { kind: "done", value: await work(...args) };
  } catch (error) {
    const message = messageOf(error);
    if (!(error instanceof UserError)) return { kind: "failed", message };
    const { code, hint = "" } = error;
    return { kind: "refused", message, code, hint };
  }
}

function send(reply: Reply): void {
  const parts: Uint8Array[] = [];
  const head = pack(reply, parts);
  writeToParent(encodeFrame(head, parts));
}

send({ kind: "ready" });
for await (const { head, payload } of decodeFrames<unknown>(parentInput(), judgeSize)) {
  send(await replyTo(unpack(head, payload) as Request));
}
endAtOnce();
