import { defineConfig, type UserConfig } from "tsdown";
import { compileStandardLibrary } from "./test/tools/compile-stdlib.ts";
import { pageFiles } from "./test/tools/page-bundle.ts";

// The library, the command line, the answers to the shells' completion, the child processes that run Python and read
// pictures, the threads that end a program which is busy and that run ruff, and the page of `dev`.
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
  entry: {
    api: "src/api.ts",
    cli: "src/cli.ts",
    complete: "src/complete.ts",
    "image/child": "src/image/child/main.ts",
    "host/signal-guard": "src/host/signal-guard.ts",
    "lint/ruff-thread": "src/lint/ruff-thread.ts",
  },
  dts: { entry: ["src/api.ts"] },
  copy: [
    { from: "src/engine/py", to: "dist/engine" },
    { from: "src/preview/themes/assets", to: "dist/preview/themes" },
    { from: "src/review/theme", to: "dist/review" },
  ],
};

/**
 * By itself, so that it is one file: that is all of this package that the child may read. Its name says what kind of
 * module it is: Node up to 20.19.4 reads `package.json` for that, which the child may not.
 */
const child: UserConfig = {
  ...shared,
  outExtensions: () => ({ js: ".mjs" }),
  entry: { "engine/child": "src/engine/child/main.ts" },
  dts: false,
  hooks: { "build:done": () => compileStandardLibrary("dist/engine/python_stdlib.zip") },
};

/** The page of `dev`, for browsers: its libraries are in it. */
const page: UserConfig = {
  ...shared,
  platform: "browser",
  target: "es2022",
  entry: { app: "src/server/page/app.ts", failure: "src/server/page/failure.ts" },
  outDir: "dist/server/page",
  clean: true,
  minify: true,
  dts: false,
  plugins: [pageFiles],
};

export default defineConfig([programs, child, page]);
