/** The address of what is open, after `#`: it can be kept, reloaded, and gone back to. */
import type { Target } from "./model.ts";

/** `#/fixture/<integration>/<file>` or `#/request/<id>`. */
export function addressOf({ name, source }: Target): string {
  if (source?.kind === "request") return `#/request/${source.id}`;
  return `#/fixture/${[name ?? "", source?.file ?? ""].map(encodeURIComponent).join("/")}`;
}

/**
 * What an address leads to.
 * @returns Undefined for one that is none of these.
 */
export function targetOf(hash: string): Target | undefined {
  const [, kind, first = "", file = ""] = hash.split("/").map(decoded);
  if (kind === "request" && /^\d{1,9}$/.test(first))
    return { name: undefined, source: { kind: "request", id: Number(first) } };
  if (kind !== "fixture" || first === "") return undefined;
  return { name: first, source: file === "" ? undefined : { kind: "fixture", file } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
