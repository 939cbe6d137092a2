import { spawnSync } from "node:child_process";
import { chownSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

/** How a PostgreSQL program has to be started so that it accepts its user. */
export interface RunAs {
  /** Goes in front of the program and its arguments. */
  prefix: string[];
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses to run as root, and initdb refuses a user without a name. A plain user just runs it.
 * Root, or a container's nameless user, runs it in a user namespace of its own, where the files belong to
 * somebody with a name; where namespaces are barred, root hands the folder to `postgres` or `nobody`.
 * A cluster that already belongs to another user is run as that user.
 */
export function choosePostgresUser(folder: string): RunAs {
  if (!process.getuid) return { prefix: [] };
  const uid = process.getuid();
  if (uid !== 0 && hasName()) return { prefix: [] };
  if (uid === 0 && existsSync(folder)) {
    const owner = statSync(folder);
    if (owner.uid !== 0) return { prefix: [], uid: owner.uid, gid: owner.gid };
  }
  const stranger = nonRootUsers()[0] ?? { uid: 65534, gid: 65534 };
  const namespace = ["unshare", "--user", `--map-user=${stranger.uid}`, `--map-group=${stranger.gid}`, "--"];
  if (spawnSync(namespace[0]!, [...namespace.slice(1), "true"], { stdio: "ignore" }).status === 0) {
    return { prefix: namespace };
  }
  return uid === 0 ? { prefix: [], ...stranger } : { prefix: [] };
}

/** Gives the folder and what is in it to the user that PostgreSQL will run as. */
export function handOver(folder: string, { uid, gid }: RunAs): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) handOver(path, { prefix: [], uid, gid });
    else chownSync(path, uid, gid);
  }
}

function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

/** Users of this machine other than root, the fitting ones first. */
function nonRootUsers(): { uid: number; gid: number }[] {
  const rank = (name: string | undefined) => ["nobody", "postgres"].indexOf(name ?? "");
  let lines: string[] = [];
  try {
    lines = readFileSync("/etc/passwd", "utf8").split("\n");
  } catch {
    // No user list: the caller falls back on the customary number of `nobody`.
  }
  return lines
    .map((line) => line.split(":"))
    .filter((fields) => Number(fields[2]) > 0)
    .sort((a, b) => rank(b[0]) - rank(a[0]))
    .map((fields) => ({ uid: Number(fields[2]), gid: Number(fields[3]) }));
}
