/** What became of a payload of `extend`, as it is reported. */
import type { ExtendedPayload } from "../../scaffold/extend/index.ts";

export interface PayloadReport {
  fixture: string;
  state: "added" | "handled" | "ignored" | "failed" | "refused";
  event?: string;
  function?: string;
  path?: string;
  line?: number;
  /** The way to the field that the payload lacks. */
  missing?: string;
  reason?: string;
  paste?: string;
}

/** What `extend` reports of a payload. */
export function toReport({ fixture, state }: ExtendedPayload): PayloadReport {
  const { kind } = state;
  if (kind === "added")
    return { fixture: fixture.file, state: kind, event: state.event, function: state.functionName };
  if (kind === "failed") {
    const { event, functionName, path, line, field, message } = state;
    return {
      fixture: fixture.file,
      state: kind,
      ...(event !== undefined && { event }),
      function: functionName,
      path,
      line,
      ...(field === undefined ? { reason: message ?? "" } : { missing: field }),
    };
  }
  if (kind !== "refused") return { fixture: fixture.file, state: kind };
  const { event, reason, paste } = state;
  return {
    fixture: fixture.file,
    state: kind,
    ...(event !== undefined && { event }),
    reason,
    paste,
  };
}
