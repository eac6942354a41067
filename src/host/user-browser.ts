/** Opening an address in the browser of the user. */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentVariables } from "./environment.ts";
import { exists } from "./files.ts";
import { temporaryFolder } from "./temp.ts";

/**
 * Opens an address in the browser that the user has chosen. The address may hold a secret, and every user of the machine
 * sees the arguments of a program: so the program is given a page that only this user can read and that leads there.
 * @param address An `http:` address without quotes or brackets.
 * @returns Whether a program was started for it.
 */
export async function openInUserBrowser(address: string): Promise<boolean> {
  const opener = openerHere();
  if (!opener) return false;
  // Of this run: it is removed when the process ends.
  const { path } = await temporaryFolder("open");
  const page = join(path, "open.html");
  const html = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}">`;
  await writeFile(page, html, { mode: 0o600 });
  return start(opener, [pathToFileURL(page).href]);
}

/** It goes on by itself: a browser that it starts must not end with this process. */
function start([command = "", ...words]: readonly string[], args: string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, [...words, ...args], {
      detached: true,
      stdio: "ignore",
      env: environmentVariables(),
    });
    child.once("error", () => done(false));
    child.once("spawn", () => done(true));
    child.unref();
  });
}

function openerHere(): readonly string[] | undefined {
  if (process.platform === "darwin") return ["/usr/bin/open"];
  if (process.platform === "win32") {
    const windows = environmentVariables().SystemRoot ?? "C:\\Windows";
    return [join(windows, "System32", "rundll32.exe"), "url.dll,FileProtocolHandler"];
  }
  // A relative folder would lead into whatever tree this is.
  const folders = (environmentVariables().PATH ?? "").split(delimiter).filter(isAbsolute);
  const found = folders.map((folder) => join(folder, "xdg-open")).find(exists);
  return found === undefined ? undefined : [found];
}
