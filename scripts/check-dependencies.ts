// `npm run deps`: checks that imports follow scripts/dependency-rules.ts and that no files import each other in a
// circle. Types count as well. Prints each violation and ends with 1 if there is any.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { parseAst } from "vite";
import { type Part, parts } from "./dependency-rules";

export interface Violation {
  file: string;
  text: string;
}

/** Every module name that a file imports or re-exports, types and `import()` included. */
export function importsOf(code: string, lang: "ts" | "tsx" = "tsx"): string[] {
  const names: string[] = [];
  visit(parseAst(code, { lang }), names);
  return names;
}

/**
 * Checks a set of files.
 * @param files path from the project root to the names the file imports
 * @param resolve the imported file's path from the root, or undefined when it is a package
 */
export function findViolations(
  files: Map<string, string[]>,
  resolve: (name: string, from: string) => string | undefined,
): Violation[] {
  const graph = new Map<string, string[]>();
  const violations: Violation[] = [];
  for (const [file, names] of files) {
    const part = partOf(file);
    for (const name of names) {
      const target = resolve(name, file);
      if (target) graph.set(file, [...(graph.get(file) ?? []), target]);
      const text = part && explain(part, name, target);
      if (text) violations.push({ file, text });
    }
  }
  for (const circle of findCircles(graph))
    violations.push({ file: circle[0]!, text: `imports itself in a circle: ${circle.join(" -> ")}` });
  return violations;
}

function explain(part: Part, name: string, target: string | undefined): string | undefined {
  if (!target) {
    const banned = part.banned?.some(
      (start) => name === start || name.startsWith(`${start.replace(/\/$/, "")}/`),
    );
    const builtIn = part.banned?.includes("node:") && name.startsWith("node:");
    return banned || builtIn ? `imports ${name}, which ${part.path} may not` : undefined;
  }
  const other = partOf(target);
  if (!other || other.path === part.path) return undefined;
  const allowed = part.mayImport.some((path) => other.path === path || other.path.startsWith(`${path}/`));
  return allowed ? undefined : `imports ${target}: ${part.path} may not depend on ${other.path}`;
}

function partOf(file: string): Part | undefined {
  return parts.find(({ path }) => file.startsWith(`${path}/`));
}

/** Circles of imports, each as the files on it, beginning and ending with the same. */
function findCircles(graph: Map<string, string[]>): string[][] {
  const circles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  function walk(file: string): void {
    if (finished.has(file)) return;
    const start = path.indexOf(file);
    if (start >= 0) {
      circles.push([...path.slice(start), file]);
      return;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) walk(next);
    path.pop();
    finished.add(file);
  }
  for (const file of graph.keys()) walk(file);
  return circles;
}

function visit(node: unknown, names: string[]): void {
  if (typeof node !== "object" || node === null) return;
  const { source, type } = node as { source?: { value?: unknown }; type?: string };
  if (/^(Import|Export|TSImport)/.test(type ?? "") && typeof source?.value === "string")
    names.push(source.value);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, names);
}

/** A file of the project for `@/...` and relative names, undefined for packages. */
function resolveOnDisk(name: string, from: string): string | undefined {
  const base = name.startsWith("@/")
    ? name.slice(2)
    : name.startsWith(".")
      ? normalize(join(dirname(from), name))
      : undefined;
  if (base === undefined) return undefined;
  const tries = [base, `${base}.ts`, `${base}.tsx`, join(base, "index.ts"), join(base, "index.tsx")];
  return tries.find((path) => existsSync(path) && statSync(path).isFile()) ?? base;
}

function main(): number {
  const folders = new Set(parts.map(({ path }) => path.split("/")[0]!));
  const files = new Map(
    [...folders]
      .filter((folder) => existsSync(folder))
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
      )
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("lib/server/generated/"))
      .sort()
      .map((file) => [file, importsOf(readFileSync(file, "utf8"), file.endsWith("x") ? "tsx" : "ts")]),
  );
  const violations = findViolations(files, resolveOnDisk);
  for (const { file, text } of violations) console.log(`${file}: ${text}`);
  console.log(`${files.size} files, ${violations.length} violation(s) of the dependency rules`);
  return violations.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = main();
