/** Names of fixtures: the one that a body gets, and those that are taken. */
import { sha256 } from "../../host/checksum.ts";
import { type HttpHeaders, headerOf } from "../../host/http-exchange.ts";
import type { EventSource, JsonValue } from "../../payload/index.ts";
import type { Content } from "./body.ts";
import { eventAt, eventIn } from "./event.ts";
import { baseName, baseOf, detailPart, eventPart, numbered } from "./name.ts";
import { fieldsOf, shapeOf } from "./shape.ts";

/** How a body is called, without its number and ending, and what it has in common with others of its kind. */
export interface Naming {
  /** What the service called the event, where it said so. */
  readonly event: string | undefined;
  readonly base: string;
  readonly shape: string;
  /** Whether the event stands where it was looked for. */
  readonly isNamed: boolean;
}

/**
 * Names a body.
 * @param source Where the service names the event.
 */
export function namingOf(headers: HttpHeaders, content: Content, source: EventSource): Naming {
  const value = fieldsOf(content);
  const event = eventIn(headers, content, value, source);
  const first = eventPart(event, source.kind === "header");
  const base = baseName(first, detailPart(value, first));
  const isNamed = eventAt(headers, content, value, source) !== undefined;
  return { event, base, shape: shapeOf(content, value), isNamed };
}

/** A fixture that is there already. */
export interface KnownFixture {
  readonly file: string;
  /** Without its ending. */
  readonly name: string;
  readonly content: Content;
  /** The fields of its content, where it has any. */
  readonly value: JsonValue | undefined;
}

/** Reads a fixture that is there already. */
export function knownFixture(file: string, bytes: Uint8Array): KnownFixture {
  const [, name = file, extension = ""] = /^(.*)\.([^.]+)$/.exec(file) ?? [];
  const content: Content = { bytes, extension: extension.toLowerCase(), notes: [] };
  return { file, name, content, value: fieldsOf(content) };
}

/** The names that are taken, and by which shapes. */
export class FixtureNames {
  readonly #files = new Set<string>();
  /** The last number that was given to a base: thousands of bodies may have one. */
  readonly #numbers = new Map<string, number>();
  readonly #byShape = new Map<string, string>();
  readonly #byBytes = new Map<string, string>();

  /**
   * Takes a fixture in that is there already, under its own name and under the one it would get here.
   * @param headers Those of the request that it was made of, where that is known.
   * @returns The base of the latter.
   */
  know(
    { file, name, content, value }: KnownFixture,
    source: EventSource,
    headers?: HttpHeaders,
  ): string {
    const shape = shapeOf(content, value);
    const sent = source.kind === "header" && headers && headerOf(headers, source.header);
    const event =
      source.kind === "header"
        ? sent
          ? eventPart(sent, true)
          : (name.split("__")[0] ?? "")
        : eventPart(eventIn([], content, value, source), false);
    const base = baseName(event, detailPart(value, event));
    this.#note(file, baseOf(name), content, shape);
    this.#note(file, base, content, shape);
    return base;
  }

  /** The file of a body: a new one, or the one that has its shape already. */
  place(base: string, content: Content, shape: string): { file: string; isNew: boolean } {
    const known = this.like(base, content, shape);
    if (known !== undefined) return { file: known, isNew: false };
    const file = this.free(base, content.extension);
    this.#note(file, base, content, shape);
    return { file, isNew: true };
  }

  /** The file that has the shape of a body, or its very bytes, already. */
  like(base: string, content: Content, shape: string): string | undefined {
    return this.#byBytes.get(sha256(content.bytes)) ?? this.#byShape.get(`${base}\n${shape}`);
  }

  /** The first name of a base that no file has. */
  free(base: string, extension: string): string {
    const key = `${base}.${extension}`.toLowerCase();
    let number = this.#numbers.get(key) ?? 1;
    const fileOf = (): string => `${numbered(base, number)}.${extension}`;
    // Some file systems do not tell letters from their capitals.
    while (this.#files.has(fileOf().toLowerCase())) number += 1;
    this.#numbers.set(key, number);
    return fileOf();
  }

  #note(file: string, base: string, content: Content, shape: string): void {
    this.#files.add(file.toLowerCase());
    this.#byShape.set(`${base}\n${shape}`, file);
    this.#byBytes.set(sha256(content.bytes), file);
  }
}
