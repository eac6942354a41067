/** Where browsers are on this machine, and what its user may do with them. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Environment, environmentVariables, homeFolder } from "./environment.ts";

/** The browser the user named in `PUPPETEER_EXECUTABLE_PATH`, whether it is there or not. */
export function namedBrowser(): string | undefined {
  return environmentVariables().PUPPETEER_EXECUTABLE_PATH || undefined;
}

/** The environment variables, with some set to other values. */
export function environmentWith(values: Record<string, string>): Environment {
  return { ...environmentVariables(), ...values };
}

/** The folders that shared libraries are looked for in, with one more at the end. */
export function libraryPathWith(folder: string): string {
  return [environmentVariables().LD_LIBRARY_PATH, folder].filter(Boolean).join(delimiter);
}

/** Whether this process is root, for whom Chromium's sandbox never works. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The name of the machine's kind, such as `linux-x64`. */
export function platformName(): string {
  return `${process.platform}-${process.arch}`;
}

/** Whether a file is there and may be started. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The installed Chrome, Chromium or Edge that is found first, or undefined. */
export function installedBrowser(): string | undefined {
  return candidates().find(isExecutable);
}

function candidates(): string[] {
  if (process.platform === "darwin") return macCandidates();
  if (process.platform === "win32") return windowsCandidates();
  const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
  const folders = (environmentVariables().PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function macCandidates(): string[] {
  const roots = ["/Applications", join(homeFolder(), "Applications")];
  const apps = ["Google Chrome", "Chromium", "Microsoft Edge"];
  return apps.flatMap((app) => roots.map((root) => join(root, `${app}.app/Contents/MacOS/${app}`)));
}

function windowsCandidates(): string[] {
  const {
    ProgramFiles,
    "ProgramFiles(x86)": ProgramFiles86,
    LOCALAPPDATA,
  } = environmentVariables();
  const roots = [ProgramFiles, ProgramFiles86, LOCALAPPDATA].filter((root) => root !== undefined);
  const programs = ["Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe"];
  programs.push("Microsoft/Edge/Application/msedge.exe");
  return programs.flatMap((program) => roots.map((root) => join(root, program)));
}
