/** What `extend` is given, and what it plans. */
import type { Checkout, Integration, IntegrationFiles } from "../../checkout/model.ts";
import type { Engine } from "../../engine/index.ts";
import type { Payload } from "../../payload/index.ts";
import type { PythonModule, SequenceExpression } from "../../python/syntax.ts";
import type { DraftChoices } from "../choices.ts";
import type { DraftField } from "../fields-told.ts";
import type { PlannedFixture } from "./fixture-names.ts";

export interface ExtendInput {
  readonly checkout: Checkout;
  readonly integration: Integration;
  readonly files: IntegrationFiles;
  readonly engine: Engine;
  readonly payloads: readonly Payload[];
  /** What new messages are to tell. */
  readonly choices: DraftChoices;
  /** What the event header said in a payload's request, where that is known. */
  readonly headerValues: () => Promise<(payload: Payload) => string | undefined>;
  readonly cwd: string;
  /** The list that declares a view's event types, where it is written out. */
  readonly declaredIn: (module: PythonModule) => SequenceExpression | undefined;
}

/** Where a view that knows a payload's event raises for it. */
export interface ViewFailure {
  /** The event, where a table of the view says which one goes there. */
  readonly event?: string;
  readonly functionName: string;
  readonly path: string;
  readonly line: number;
  /** The way to the field that the payload lacks, with dots. */
  readonly field?: string;
  /** What was raised, where no field is missing. */
  readonly message?: string;
}

/** What becomes of a payload. */
export type PayloadState =
  /** The view now handles it. */
  | {
      readonly kind: "added";
      readonly event: string;
      readonly functionName: string;
      /** The fields of its payloads, for the author to choose from. */
      readonly fields: readonly DraftField[];
    }
  /** The view sent a message for it before. */
  | { readonly kind: "handled" }
  /** The view takes it, and sends nothing. */
  | { readonly kind: "ignored" }
  /** The view knows its event, and a function of the view does not take this payload. */
  | ({ readonly kind: "failed" } & ViewFailure)
  /** The view refuses it, and where it decides that is not understood. `paste` is a function to put in by hand. */
  | {
      readonly kind: "refused";
      readonly event: string | undefined;
      readonly reason: string;
      readonly paste: string;
    };

export interface ExtendedPayload {
  readonly payload: Payload;
  readonly fixture: PlannedFixture;
  /** The event header's value, where only the file's name says it. */
  readonly unproven?: string;
  readonly state: PayloadState;
}

export interface ExtendPlan {
  readonly payloads: readonly ExtendedPayload[];
  /** The view's files that change, as they are and as they will be. */
  readonly view: readonly { path: string; before: Uint8Array; after: string }[];
}
