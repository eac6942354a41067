/**
 * Every command, made by `npm run docs` from the literals in this folder. A new one comes last; the order, which is that of
 * `--help`, may be changed here, and stays.
 */
import type { CommandEntry } from "./define.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "make a workspace to write integrations in, without Connect",
    load: async () => (await import("./init.ts")).default,
  },
  {
    name: "new",
    summary: "scaffold and register an integration",
    load: async () => (await import("./new.ts")).default,
    runsPythonUnless: ["--dry-run"],
  },
  {
    name: "extend",
    summary: "add events to an integration from their payloads",
    load: async () => (await import("./extend.ts")).default,
    runsPythonUnless: [],
  },
  {
    name: "remove",
    summary: "take an integration out of the tree again",
    load: async () => (await import("./remove.ts")).default,
  },
  {
    name: "capture",
    summary: "receive live requests as fixtures, or import them",
    load: async () => (await import("./capture.ts")).default,
  },
  {
    name: "list",
    summary: "list the integrations of the tree",
    load: async () => (await import("./list.ts")).default,
    isQuick: true,
  },
  {
    name: "show",
    summary: "show where everything of one integration is",
    load: async () => (await import("./show.ts")).default,
    isQuick: true,
  },
  {
    name: "test",
    summary: "run the fixture tests",
    load: async () => (await import("./test.ts")).default,
    runsPythonUnless: ["checkout", "--engine=checkout"],
  },
  {
    name: "preview",
    summary: "deliver one fixture and print the message",
    load: async () => (await import("./preview.ts")).default,
    runsPythonUnless: [],
  },
  {
    name: "url",
    summary: "print the address to give to the service",
    load: async () => (await import("./url.ts")).default,
    isQuick: true,
  },
  {
    name: "send",
    summary: "post a fixture to a real server",
    load: async () => (await import("./send.ts")).default,
  },
  {
    name: "dev",
    summary: "serve Connect's endpoint, and a page that shows each message live",
    load: async () => (await import("./dev.ts")).default,
    runsPythonUnless: [],
  },
  {
    name: "avatar",
    summary: "make bot avatars from logos",
    load: async () => (await import("./avatar.ts")).default,
  },
  {
    name: "screenshot",
    summary: "draw the pictures for the documentation",
    load: async () => (await import("./screenshot.ts")).default,
    runsPythonUnless: ["--check"],
  },
  {
    name: "lint",
    summary: "check the whole checklist",
    load: async () => (await import("./lint.ts")).default,
    isQuick: true,
  },
  {
    name: "review",
    summary: "make one page for whoever reviews a change",
    load: async () => (await import("./review.ts")).default,
    runsPythonUnless: [],
  },
  {
    name: "export",
    summary: "carry an integration to another checkout",
    load: async () => (await import("./export.ts")).default,
  },
  {
    name: "explain",
    summary: "say what a lint rule asks for and why, or print a guide",
    load: async () => (await import("./explain.ts")).default,
    isQuick: true,
  },
  {
    name: "mcp",
    summary: "serve the commands to a coding assistant",
    load: async () => (await import("./mcp.ts")).default,
  },
  {
    name: "doctor",
    summary: "find out what works here",
    load: async () => (await import("./doctor.ts")).default,
  },
  {
    name: "completion",
    summary: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./completion.ts")).default,
    isQuick: true,
  },
];
