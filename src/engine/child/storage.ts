/**
 * Bounds what Python writes into files and pipes of its own. They lie beside its memory, whose size is capped, in
 * this process's: the parent ends a process that holds too much, and what one file or pipe may hold is refused here,
 * as a full disk refuses it.
 */

/** Larger than any fixture. */
const MAX_FILE_BYTES = 128 << 20;
/** Nothing else runs that could read a pipe while it is written. */
const MAX_PIPE_BYTES = 1 << 20;
/** Emscripten's number for a disk that is full. */
const ENOSPC = 51;

interface Node {
  usedBytes?: number;
  pipe?: { buckets: { offset: number; roffset: number }[] | null };
}

interface Stream {
  node: Node;
  position: number;
}

/** What of Emscripten's file system writes. */
export interface Storage {
  write(
    stream: Stream,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position?: number,
    ...rest: unknown[]
  ): number;
  ErrnoError: new (code: number) => Error;
  filesystems: Record<string, unknown>;
}

interface MemoryFiles {
  resizeFileStorage(node: Node, size: number): void;
}

/** From here on files and pipes do not grow past their bounds. */
export function boundStorage(FS: Storage): void {
  const write = FS.write.bind(FS);
  const refuse = (): never => {
    throw new FS.ErrnoError(ENOSPC);
  };
  FS.write = (stream, buffer, offset, length, position, ...rest) => {
    const { pipe, usedBytes } = stream.node;
    if (pipe && inPipe(pipe) + length > MAX_PIPE_BYTES) refuse();
    const end = (position ?? stream.position) + length;
    if (usedBytes !== undefined && end > MAX_FILE_BYTES) refuse();
    return write(stream, buffer, offset, length, position, ...rest);
  };
  const files = FS.filesystems.MEMFS as MemoryFiles;
  const resize = files.resizeFileStorage.bind(files);
  files.resizeFileStorage = (node, size) => {
    if (size > MAX_FILE_BYTES) refuse();
    resize(node, size);
  };
}

function inPipe({ buckets }: NonNullable<Node["pipe"]>): number {
  // Each is 8 KiB: there are few of them within the bound.
  return (buckets ?? []).reduce((sum, { offset, roffset }) => sum + offset - roffset, 0);
}
