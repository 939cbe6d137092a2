import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
};

/** Node's own search: beside the package, then in every folder above it. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder ? `${folder}/` : ""}node_modules/${name}` in packages) return true;
    if (folder === "") return false;
  }
}

it("names the native packages of every platform, or `npm ci` refuses it", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter((name) => !isLocked(name, path)),
  );
  expect(missing).toEqual([]);
});

it("fetches from the public registry alone", () => {
  const others = Object.values(packages)
    .map(({ resolved }) => resolved)
    .filter((url) => url && !url.startsWith("https://registry.npmjs.org/"));
  expect(others).toEqual([]);
});
