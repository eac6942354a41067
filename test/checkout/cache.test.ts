/** A tree that was opened before is known, in every copy of it, until something that was read is another. */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Checkout } from "../../src/checkout/model.ts";
import { digest } from "../../src/host/checksum.ts";
import { packed, unpacked } from "../../src/host/json-cache.ts";
import { append, type Change, remove, write } from "../support/changes.ts";
import { folderForFile, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const cache = folderForFile();
beforeEach(() => {
  process.env.CONNECT_WEBHOOK_CACHE = cache;
  rmSync(join(cache, "checkout"), { recursive: true, force: true });
});

const program = "this program";

/** Says something wrong in all that is kept, so that it shows where it is used. */
function mark(): void {
  for (const path of keptFiles()) {
    const kept = JSON.parse(readFileSync(path, "utf8").split("\n")[1] ?? "");
    const checkout = unpacked(kept.value) as Checkout;
    kept.value = packed({ ...checkout, registryPath: `kept ${checkout.registryPath}` });
    const json = JSON.stringify(kept);
    writeFileSync(path, `${digest([json])}\n${json}`);
  }
}

function keptFiles(): string[] {
  const folder = join(cache, "checkout");
  return readdirSync(folder).map((name) => join(folder, name));
}

async function isKept(root: string): Promise<boolean> {
  const { registryPath } = await openCheckout(root, { program });
  return registryPath.startsWith("kept ");
}

const folder = "zerver/webhooks/harbourline";
const changes: [what: string, change: Change][] = [
  ["the registry", append("zerver/lib/integrations.py")],
  ["a new webhook folder", write("zerver/webhooks/quaycrane/view.py", "")],
  ["a webhook folder less", remove(folder)],
  ["a webhook folder that is a file", replaceFolder(folder)],
  ["a new logo", write("static/images/integrations/logos/quaycrane.svg", "<svg/>")],
  ["a logo less", remove("static/images/integrations/logos/harbourline.svg")],
  ["a view", append(`${folder}/view.py`)],
  ["the tests of an integration", append(`${folder}/tests.py`)],
  ["a documentation page", append(`${folder}/doc.md`)],
  ["the webhook library", append("zerver/lib/webhooks/common.py")],
  ["the test base", append("zerver/lib/test_classes.py")],
  ["a module less", remove("zerver/lib/typed_endpoint.py")],
  ["a new module", write("zerver/models/realms.py", "")],
  ["the project's settings", write("pyproject.toml", "[tool.ruff]\nline-length = 79\n")],
  ["the addresses", write("zproject/urls.py", "integrations/doc-html/")],
  ["a new macro", write("templates/zerver/integrations/include/new.md", "")],
  ["what marks a workspace", remove("connect-webhook.json")],
];

function replaceFolder(path: string): Change {
  return (root) => {
    renameSync(join(root, path), join(root, "elsewhere"));
    writeFileSync(join(root, path), "");
  };
}

it.each(changes)("is read again after a change: %s", async (_what, change) => {
  const root = temporaryWorkspace();
  const first = await openCheckout(root, { program });
  expect(await openCheckout(root, { program })).toEqual(first);
  mark();
  expect(await isKept(root)).toBe(true);
  change(root);
  const changed = await openCheckout(root, { program });
  // Without a program nothing is kept.
  expect(changed).toEqual(await openCheckout(root));
  expect(await openCheckout(root, { program })).toEqual(changed);
});

it.each(
  changes,
)("is read again after a change, also where the registry was known when it was read: %s", async (_what, change) => {
  const root = temporaryWorkspace();
  await openCheckout(root, { program });
  // What the registry says holds, and the rest is read anew.
  append(`${folder}/view.py`)(root);
  await openCheckout(root, { program });
  mark();
  expect(await isKept(root)).toBe(true);
  change(root);
  expect(await openCheckout(root, { program })).toEqual(await openCheckout(root));
});

it("is known in a copy, whose own folder it has", async () => {
  const root = temporaryWorkspace();
  const first = await openCheckout(root, { program });
  const copy = join(temporaryDirectory(), "copy");
  cpSync(root, copy, { recursive: true });
  expect(await openCheckout(copy, { program })).toEqual({ ...first, root: copy });
  mark();
  expect(await isKept(copy)).toBe(true);
  append(`${folder}/view.py`)(copy);
  expect(await isKept(copy)).toBe(false);
});

it("is another program's own", async () => {
  const root = temporaryWorkspace();
  await openCheckout(root, { program });
  mark();
  const { registryPath } = await openCheckout(root, { program: "another" });
  expect(registryPath).toBe("zerver/lib/integrations.py");
});

it("is read again where what was kept is damaged", async () => {
  const root = temporaryWorkspace();
  const first = await openCheckout(root, { program });
  const [path = ""] = keptFiles();
  const whole = readFileSync(path, "utf8");
  for (const damaged of [
    "",
    whole.slice(0, -9),
    whole.replace("harbourline/view", "harbourline/View"),
  ]) {
    writeFileSync(path, damaged);
    expect(await openCheckout(root, { program })).toEqual(first);
    mark();
    expect(await isKept(root)).toBe(true);
  }
});

it("keeps nothing of a registry that is not understood", async () => {
  const root = temporaryWorkspace();
  write("zerver/lib/integrations.py", "WEBHOOK_INTEGRATIONS = load()\n")(root);
  for (const _ of [1, 2]) {
    await expect(openCheckout(root, { program })).rejects.toMatchObject({
      code: "registry-not-understood",
    });
  }
});
