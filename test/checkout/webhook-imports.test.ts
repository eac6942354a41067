import { expect, it } from "vitest";
import { foldersNamedIn } from "../../src/checkout/webhook-imports.ts";

it.each([
  ["from zerver.webhooks.acme.view import get_body", ["acme"]],
  ["import zerver.webhooks.acme.view as view", ["acme"]],
  ["from zerver.webhooks import acme, beta as b  # gamma", ["acme", "beta"]],
  [
    "from zerver.webhooks import (\n    acme,  # the old one\n    beta as b,\n)\n",
    ["acme", "beta"],
  ],
  ['open("zerver/webhooks/acme/fixtures/x.json")', ["acme"]],
  ["from zerver.lib.webhooks.common import check\nfrom zerver.models import acme", []],
])("finds the folders in %j", (python, folders) => {
  expect(foldersNamedIn(python)).toEqual(folders);
});
