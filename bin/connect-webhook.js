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
  const [, , first, ...rest] = process.argv;
  if (first === "__complete") {
    // For the shells' completion scripts: a small program of its own, which answers at once.
    const { main } = await import("../dist/complete.js");
    await main(rest);
  } else {
    const { main } = await import("../dist/cli.js");
    await main(process.argv.slice(2));
  }
}
