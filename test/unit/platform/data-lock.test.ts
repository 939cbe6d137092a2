import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findLockHolder, lockDataDir } from "@/lib/server/processes/data-lock";
import { identifyProcess } from "@/lib/server/processes/process-identity";
import { temporaryFolder } from "../../support/temporary-folder";

it("lets one process in, says who it is to the next, and can be taken again", () => {
  const folder = temporaryFolder();
  const lock = lockDataDir(folder, "studio");
  lock.announce("http://localhost:3000");
  expect(() => lockDataDir(folder, "import")).toThrow(
    `Pentimento already runs on the data folder ${folder} (process ${process.pid}): open http://localhost:3000, or stop it first.`,
  );
  lock.release();
  const command = lockDataDir(folder, "import");
  expect(findLockHolder(folder)?.purpose).toBe("import");
  expect(() => lockDataDir(folder, "studio")).toThrow("`pentimento import` is at work on the data folder");
  command.release();
});

it.each([
  ["dead", { pid: 2 ** 22 + 1, started: "1", host: hostname(), purpose: "studio" }],
  [
    "dead, its number another process's",
    { pid: process.pid, started: "1", host: hostname(), purpose: "studio" },
  ],
  ["of another container", { ...identifyProcess(process.pid), host: "elsewhere", purpose: "studio" }],
  ["cut short", undefined],
])("takes over a lock whose holder is %s", (_, holder) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lock.json"), holder ? JSON.stringify(holder) : "{");
  expect(findLockHolder(folder)).toBeUndefined();
  lockDataDir(folder, "studio").release();
});

it("says in a sentence when the folder cannot be", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => lockDataDir(join(file, "data"), "studio")).toThrow(
    /cannot be written; a part of the path is a file/,
  );
});
