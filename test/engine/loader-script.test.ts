import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { AS_SCRIPT, WITHOUT_LIBRARIES } from "../../src/engine/child/fast-start/loader-script.ts";
import { packageFile } from "../../src/host/assets.ts";

it.each([...AS_SCRIPT, ...WITHOUT_LIBRARIES])("Pyodide still says %s", (before) => {
  const text = readFileSync(packageFile("pyodide", "pyodide.asm.mjs"), "latin1");
  expect(text.split(before)).toHaveLength(2);
});

it("is text whose characters are bytes", () => {
  const bytes = readFileSync(packageFile("pyodide", "pyodide.asm.mjs"));
  expect(bytes.every((byte) => byte < 0x80)).toBe(true);
});
