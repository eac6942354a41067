/** What is tried, and what is told of it. */
import type { Delivery, DeliveryRequest } from "../engine/types.ts";
import type { Finding } from "./findings.ts";
import type { ViewFile } from "./guards.ts";
import type { OutcomeKind } from "./outcome.ts";
import type { Rendering } from "./text-verdicts.ts";

/** A fixture, and the request that delivers it. */
export interface FuzzFixture {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly request: DeliveryRequest;
}

/** An integration to be tried. */
export interface FuzzTarget {
  readonly name: string;
  readonly fixtures: readonly FuzzFixture[];
  /** Its view. Keys that stand in it are tried first; undefined when it is not known. */
  readonly view?: readonly ViewFile[] | undefined;
  /** Fixtures that no test sends: one that fails as it is may be no payload. */
  readonly unsent?: ReadonlySet<string>;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Deliveries at most; Infinity for all there are. */
  readonly limit: number;
  readonly render: Rendering;
  readonly deliver: (request: DeliveryRequest) => Promise<Delivery>;
  /** Called after each delivery. */
  readonly onDelivery?: () => void;
}

/** One change of one fixture. */
export interface FuzzCase {
  readonly fixture: string;
  /** A JSON pointer; empty for the whole payload. */
  readonly pointer: string;
  /** A mutation's id. */
  readonly mutation: string;
}

/** A fixture that was not tried, and why. */
export interface SkippedFixture {
  readonly fixture: string;
  readonly reason: string;
  /** Whether it fails as it is, and no test sends it. */
  readonly isUnsent?: boolean;
}

/** What came of one integration. */
export interface FuzzReport {
  readonly integration: string;
  readonly deliveries: number;
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
  readonly findings: readonly Finding[];
  /** Fixtures that were tried at least in part. */
  readonly fixtures: number;
  readonly skipped: readonly SkippedFixture[];
  /** True when the limit cut it short. */
  readonly cut: boolean;
}
