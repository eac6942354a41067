/** Files that are not written yet, as the engine takes them. */

/** A change of a tree; one without content takes a file away. */
interface ProposedChange {
  readonly path: string;
  readonly content?: Uint8Array | string | undefined;
}

/** What `proposed` of EngineOptions and of TreeChange is, made of changes; those that take a file away are left out. */
export function proposedFiles(changes: Iterable<ProposedChange>): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { path, content } of changes) {
    if (content !== undefined) files.set(path, Buffer.from(content));
  }
  return files;
}
