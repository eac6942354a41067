import { defineConfig, type UserConfig } from "tsdown";

// The library, the command line, the answers to the shells' completion, and the confined child process that runs Python.
const shared: UserConfig = {
  format: "esm",
  platform: "node",
  target: "node20.19",
  outDir: "dist",
  outExtensions: () => ({ js: ".js" }),
  // Never swept: a program that is running may still want a chunk of the build before.
  clean: false,
};

const programs: UserConfig = {
  ...shared,
  entry: { api: "src/api.ts", cli: "src/cli.ts", complete: "src/complete.ts" },
  dts: { entry: ["src/api.ts"] },
  copy: [
    { from: "src/engine/py", to: "dist/engine" },
    { from: "src/preview/themes/assets", to: "dist/preview/themes" },
    { from: "src/review/theme", to: "dist/review" },
    { from: "src/server/page", to: "dist/server" },
  ],
};

/** By itself, so that it is one file: that is all of this package that the child may read. */
const child: UserConfig = {
  ...shared,
  entry: { "engine/child": "src/engine/child/main.ts" },
  dts: false,
};

export default defineConfig([programs, child]);
