/** Small trees for the tests of this folder, made from the registry cases in fixtures/. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";
import { temporaryDirectory } from "../support/tree.ts";

const cases = join(packageRoot, "fixtures/registry");

export const caseNames = readdirSync(cases);

export function caseFile(name: string, file: string): string {
  return readFileSync(join(cases, name, file), "utf8");
}

/** A tree with one registry and any other files. */
export function makeTree(registry: string, files: Record<string, string> = {}): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, "zerver/webhooks"), { recursive: true });
  for (const [path, content] of Object.entries({
    "zerver/lib/integrations.py": registry,
    ...files,
  })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
