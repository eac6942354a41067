/** What a rule looks at: one integration, or a folder that wants to be one, and its files. */
import { join } from "node:path";
import type { Checkout, Integration, IntegrationFiles } from "../checkout/model.ts";
import { isDirectory } from "../host/files.ts";
import { positionOf } from "../python/source.ts";
import type { ClassDefinition, PythonModule } from "../python/syntax.ts";
import { type DocPage, MAX_DOC_LENGTH, readDoc } from "./doc-page.ts";
import { NotCheckedError } from "./not-checked.ts";
import type { LintSession } from "./session.ts";
import { MAX_CLASSES, readTests, type TestFile } from "./test-file.ts";

/** One integration under the rules. Everything is read on demand, once. */
export class LintTarget {
  readonly session: LintSession;
  /** As the registry states it; for a folder without an entry, what the registry's defaults would make of it. */
  readonly integration: Integration;
  /** False for a folder without a registry entry. */
  readonly registered: boolean;
  readonly files: IntegrationFiles;

  constructor(
    session: LintSession,
    subject: { integration: Integration; registered: boolean; files: IntegrationFiles },
  ) {
    this.session = session;
    this.integration = subject.integration;
    this.registered = subject.registered;
    this.files = subject.files;
  }

  get checkout(): Checkout {
    return this.session.checkout;
  }

  /** The integration's name. */
  get name(): string {
    return this.integration.name;
  }

  /** Whether the integration's folder is there. */
  get hasFolder(): boolean {
    return isDirectory(join(this.checkout.root, this.integration.directory));
  }

  /** The integrations that live in the same folder, this one included. */
  get folderMates(): readonly Integration[] {
    const { directory } = this.integration;
    const mates = this.checkout.integrations.filter((other) => other.directory === directory);
    return this.registered ? mates : [this.integration, ...mates];
  }

  /** A file's bytes; undefined when there is none. */
  bytes(path: string): Buffer | undefined {
    return this.session.bytes(path);
  }

  /** A file's text; undefined when there is none. */
  text(path: string): string | undefined {
    return this.session.text(path);
  }

  /** The parsed view module (a package's `__init__.py`); undefined when there is none. */
  view(): PythonModule | undefined {
    const { viewFile } = this.files;
    return viewFile === undefined ? undefined : this.session.module(viewFile);
  }

  /**
   * The documentation page; undefined when there is none.
   * @throws NotCheckedError when it is too long.
   */
  doc(): DocPage | undefined {
    const { docFile } = this.files;
    if (docFile === undefined) return undefined;
    return this.session.once(`doc:${docFile}`, () => {
      const text = this.text(docFile);
      if (text !== undefined && text.length > MAX_DOC_LENGTH) {
        const most = MAX_DOC_LENGTH.toLocaleString("en");
        throw new NotCheckedError(docFile, `is longer than ${most} characters`);
      }
      return text === undefined ? undefined : readDoc(text);
    });
  }

  /**
   * What the tests file holds; undefined when there is none.
   * @throws NotCheckedError when it is too long, nested too deeply, or has too many classes.
   */
  tests(): TestFile | undefined {
    const { testsFile } = this.files;
    if (testsFile === undefined) return undefined;
    return this.session.once(`tests:${testsFile}`, () => {
      const module = this.session.module(testsFile);
      if (module && module.classes.length > MAX_CLASSES) {
        throw new NotCheckedError(testsFile, `has more than ${MAX_CLASSES} classes`);
      }
      return module && readTests(testsFile, module);
    });
  }
}

/** Where in a module something starts, as a finding states it. */
export function placeOf(module: PythonModule, offset: number): { line: number; column: number } {
  return positionOf(module.text, offset);
}

/** The place of a class's `class` line, below its decorators. */
export function placeOfClass(
  module: PythonModule,
  definition: ClassDefinition,
): { line: number; column: number } {
  return placeOf(module, definition.node.from);
}
