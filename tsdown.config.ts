import { defineConfig } from "tsdown";

// The library, the command line, the answers to the shells' completion, the child processes that run Python and read
// pictures, and the thread that ends a program which is busy.
export default defineConfig({
  entry: {
    api: "src/api.ts",
    cli: "src/cli.ts",
    complete: "src/complete.ts",
    "engine/child": "src/engine/child/main.ts",
    "image/child": "src/image/child/main.ts",
    "host/signal-guard": "src/host/signal-guard.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  outDir: "dist",
  outExtensions: () => ({ js: ".js" }),
  dts: { entry: ["src/api.ts"] },
  // Never swept: a program that is running may still want a chunk of the build before.
  clean: false,
  copy: [
    { from: "src/engine/py", to: "dist/engine" },
    { from: "src/preview/themes/assets", to: "dist/preview/themes" },
    { from: "src/review/theme", to: "dist/review" },
    { from: "src/server/page", to: "dist/server" },
  ],
});
