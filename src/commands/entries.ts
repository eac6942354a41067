/**
 * Every command, made by `npm run docs` from the literals in this folder. A new one comes last; the order, which is that of
 * `--help`, may be changed here, and stays.
 */
import type { CommandEntry } from "./define.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "make a workspace for writing integrations without Connect",
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
    summary: "remove an integration from the tree",
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
    summary: "show the files of one integration and its checklist",
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
    summary: "print the webhook URL to give to the service",
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
    summary: "serve Connect's endpoint, and a page that shows each message, or all of them, live",
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
    summary: "draw the screenshots for the documentation",
    load: async () => (await import("./screenshot.ts")).default,
    runsPythonUnless: ["--check"],
  },
  {
    name: "lint",
    summary: "check integrations against the review checklist",
    load: async () => (await import("./lint.ts")).default,
    isQuick: true,
  },
  {
    name: "review",
    summary: "make one page for the reviewer of a change",
    load: async () => (await import("./review.ts")).default,
    runsPythonUnless: [],
  },
  {
    name: "export",
    summary: "copy an integration to another checkout",
    load: async () => (await import("./export.ts")).default,
  },
  {
    name: "explain",
    summary: "explain a lint rule, or print a guide",
    load: async () => (await import("./explain.ts")).default,
    isQuick: true,
  },
  {
    name: "mcp",
    summary: "offer the commands to a coding assistant",
    load: async () => (await import("./mcp.ts")).default,
  },
  {
    name: "doctor",
    summary: "check what works on this machine",
    load: async () => (await import("./doctor.ts")).default,
  },
  {
    name: "completion",
    summary: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./completion.ts")).default,
    isQuick: true,
  },
];
