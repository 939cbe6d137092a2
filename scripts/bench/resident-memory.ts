import { execFileSync } from "node:child_process";

/** Resident memory in MB of a process and everything it started. */
export function residentMegabytes(pid: number): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const family = new Set([pid]);
  let grown = true;
  while (grown) {
    grown = false;
    for (const [child, parent] of rows) {
      if (family.has(child) || !family.has(parent)) continue;
      family.add(child);
      grown = true;
    }
  }
  const kilobytes = rows.filter(([child]) => family.has(child)).reduce((sum, [, , rss]) => sum + rss, 0);
  return (kilobytes * 1024) / 1e6;
}
