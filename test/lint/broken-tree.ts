/** One integration of a tree that is broken on purpose, and put back again. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { integrationFiles, openCheckout } from "../../src/checkout/index.ts";
import type { Checkout, Integration, IntegrationFiles } from "../../src/checkout/model.ts";

/** A defect that has nothing to break in this integration. */
export class DoesNotApply extends Error {}

/** What a defect works on. Whatever it changes through this, `restore` takes back. */
export class BrokenTree {
  readonly #undo: (() => void)[] = [];

  private constructor(
    readonly checkout: Checkout,
    readonly integration: Integration,
    readonly files: IntegrationFiles,
  ) {}

  static async open(root: string, name: string): Promise<BrokenTree> {
    const checkout = await openCheckout(root);
    const integration = checkout.integrations.find((one) => one.name === name);
    if (!integration) throw new Error(`${root} has no integration called ${name}.`);
    return new BrokenTree(checkout, integration, await integrationFiles(checkout, integration));
  }

  get folder(): string {
    return this.integration.directory;
  }
  get view(): string {
    return this.there(this.files.viewFile);
  }
  get tests(): string {
    return this.there(this.files.testsFile);
  }
  get doc(): string {
    return this.there(this.files.docFile);
  }
  get logo(): string {
    return this.there(this.files.logo);
  }
  get avatar(): string {
    return this.there(this.files.avatar);
  }
  get registry(): string {
    return this.checkout.registryPath;
  }

  /** The picture and the fixture it shows. */
  get picture(): { path: string; fixture: string } {
    const [entry] = this.integration.screenshots;
    const path = this.there(entry?.imagePath);
    return { path, fixture: `${this.integration.fixturesDirectory}/${entry?.fixture}` };
  }

  /** A JSON fixture that the tests name in words. */
  get fixture(): { path: string; name: string } {
    const tests = this.text(this.tests);
    const found = this.files.fixtures.find(
      ({ name, extension, linkTarget }) =>
        extension === "json" && linkTarget === undefined && tests.includes(`"${name}"`),
    );
    return { path: this.there(found?.path), name: found?.name ?? "" };
  }

  /** @throws DoesNotApply when there is no such file. */
  there(path: string | undefined): string {
    if (path === undefined || !existsSync(this.at(path))) throw new DoesNotApply();
    return path;
  }

  exists(path: string): boolean {
    return existsSync(this.at(path));
  }

  at(path: string): string {
    return join(this.checkout.root, path);
  }

  text(path: string): string {
    return readFileSync(this.at(path), "utf8");
  }

  bytes(path: string): Buffer {
    return readFileSync(this.at(path));
  }

  remove(path: string): void {
    this.remember(path);
    rmSync(this.at(path), { recursive: true });
  }

  write(path: string, content: string | Uint8Array): void {
    this.remember(path);
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  rename(from: string, to: string): void {
    renameSync(this.at(from), this.at(to));
    this.#undo.push(() => renameSync(this.at(to), this.at(from)));
  }

  link(path: string, target: string): void {
    symlinkSync(target, this.at(path));
    this.#undo.push(() => rmSync(this.at(path)));
  }

  /** @throws DoesNotApply when that leaves the file as it is. */
  change(path: string, by: (text: string) => string): void {
    const before = this.text(path);
    const after = by(before);
    if (after === before) throw new DoesNotApply();
    this.write(path, after);
  }

  /** Changes the integration's registry entry. */
  changeEntry(by: (entry: string) => string): void {
    this.#changeRange(this.integration.range, by);
  }

  /** Takes the integration's registry entry out. */
  removeEntry(): void {
    const { from, to } = this.integration.range;
    this.change(
      this.registry,
      (text) => text.slice(0, from) + text.slice(to).replace(/^\s*,\s*/, ""),
    );
  }

  /** Changes the entry of its first picture. */
  changePicture(by: (entry: string) => string): void {
    const [entry] = this.integration.screenshots;
    if (!entry) throw new DoesNotApply();
    this.#changeRange(entry.range, by);
  }

  #changeRange({ from, to }: { from: number; to: number }, by: (text: string) => string): void {
    this.change(
      this.registry,
      (text) => text.slice(0, from) + by(text.slice(from, to)) + text.slice(to),
    );
  }

  restore(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /** Has a path put back as it is now. */
  remember(path: string): void {
    const target = this.at(path);
    const before = filesIn(target);
    this.#undo.push(() => {
      rmSync(target, { recursive: true, force: true });
      for (const [file, bytes] of before) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    });
  }
}

/** The bytes of a file or of all files in a folder. */
function filesIn(path: string): [string, Buffer][] {
  if (!existsSync(path)) return [];
  if (!lstatSync(path).isDirectory()) return [[path, readFileSync(path)]];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
