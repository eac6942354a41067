/** The address of what is open, after `#`: it can be kept, reloaded, and gone back to. */
import type { Target, View } from "./model.ts";

/** `#/all/<integration>`, `#/fixture/<integration>/<file>` or `#/request/<id>`. */
export function addressOf({ name, source }: Target, view: View): string {
  if (view === "all" && name !== undefined) return `#/all/${encodeURIComponent(name)}`;
  if (source?.kind === "request") return `#/request/${source.id}`;
  return `#/fixture/${[name ?? "", source?.file ?? ""].map(encodeURIComponent).join("/")}`;
}

/**
 * What an address leads to.
 * @returns Undefined for one that is none of these.
 */
export function targetOf(hash: string): (Target & { view: View }) | undefined {
  const [, kind, first = "", file = ""] = hash.split("/").map(decoded);
  const view = kind === "all" ? "all" : "one";
  if (kind === "request" && /^\d{1,9}$/.test(first))
    return { name: undefined, source: { kind: "request", id: Number(first) }, view };
  if ((kind !== "fixture" && kind !== "all") || first === "") return undefined;
  return { name: first, source: file === "" ? undefined : { kind: "fixture", file }, view };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
