/** HTTP by hand: what no well-behaved client sends, and every byte that comes back. */
import { connect, type Socket } from "node:net";

export interface RawConnection {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** Everything the server sent until it closed the connection, as latin1 text. */
  readonly all: Promise<string>;
  /** Resolves with what has come once it matches. */
  until(pattern: RegExp): Promise<string>;
}

/** Opens a connection; its first bytes may be given right away. */
export function rawConnection(port: number, first: string | Uint8Array = ""): RawConnection {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const waiting: { pattern: RegExp; done: (text: string) => void }[] = [];
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString("latin1");
    for (const { pattern, done } of waiting) if (pattern.test(text)) done(text);
  });
  socket.on("error", () => undefined);
  if (first.length > 0) socket.write(first);
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    all: new Promise((done) => socket.once("close", () => done(text))),
    until: (pattern) =>
      new Promise((done, fail) => {
        if (pattern.test(text)) return done(text);
        waiting.push({ pattern, done });
        socket.once("close", () => fail(new Error(`closed after ${JSON.stringify(text)}`)));
      }),
  };
}
