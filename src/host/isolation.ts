/** What of this system can keep a process from the network. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cacheDir } from "./cache.ts";
import { digest } from "./checksum.ts";

/** How a process is kept from the network, the strongest that works here. */
export type NetworkHold = "namespace" | "permission" | "program";

const PROGRAM = "/usr/bin/unshare";
const OPTIONS = ["--user", "--net", "--map-current-user", "--"];
/** Rights of a system change while it runs; a child that does not start would be worse than another look. */
const TRUSTED_MS = 600_000;

let works: boolean | undefined;

/**
 * The words before a command that give it a network of its own with nothing in it; none where that does not work. The
 * program is replaced by the command, so the process keeps its id and its parent.
 */
export function withoutNetwork(): readonly string[] {
  works ??= process.platform === "linux" && isKnownToWork();
  return works ? [PROGRAM, ...OPTIONS] : [];
}

/** How confined processes are kept from the network here. */
export function networkHold(): NetworkHold {
  if (withoutNetwork().length > 0) return "namespace";
  return process.allowedNodeEnvironmentFlags.has("--allow-net") ? "permission" : "program";
}

/** Trying costs some milliseconds at each start, so the answer is kept: for this boot, container and set of rights. */
function isKnownToWork(): boolean {
  const file = cacheDir("isolation");
  try {
    const { mtimeMs } = statSync(file);
    const cached = readFileSync(file, "utf8");
    const place = placeNow();
    if (Math.abs(Date.now() - mtimeMs) < TRUSTED_MS && cached.slice(1) === place) {
      return cached.startsWith("+");
    }
  } catch {
    // There is none yet, or this system does not tell.
  }
  const found = spawnSync(PROGRAM, [...OPTIONS, process.execPath, "--version"], {
    stdio: "ignore",
    env: {},
  });
  remember(file, found.status === 0);
  return found.status === 0;
}

function remember(file: string, worked: boolean): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${worked ? "+" : "-"}${placeNow()}`);
  } catch {
    // It is tried again the next time.
  }
}

function placeNow(): string {
  return digest([
    readFileSync("/proc/sys/kernel/random/boot_id"),
    ...["user", "net", "mnt"].map((kind) => readlinkSync(`/proc/self/ns/${kind}`)),
    ...(readFileSync("/proc/self/status", "utf8").match(/^(Cap|NoNewPrivs|Seccomp).*$/gm) ?? []),
  ]);
}
