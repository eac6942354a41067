#!/usr/bin/env node
// Checks Node before anything that needs it is loaded, then hands over to the build.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `connect-webhook needs Node 20.19 or newer, and this is ${process.versions.node}.\n` +
      "Install a newer Node, and run the command again.\n",
  );
  process.exitCode = 3;
} else {
  const { main } = await import("../dist/cli.js");
  await main(process.argv.slice(2));
}
