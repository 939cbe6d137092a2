import { isAbsolute, relative, resolve, sep } from "node:path";

/**
 * The full path of `path` below `root`, or null if it would leave it ("../", an absolute path elsewhere, a drive, a
 * NUL). Lists come from strangers; what they name must lie in the folder they were given for.
 */
export function resolveInside(root: string, path: string): string | null {
  const local = path.replaceAll("\\", "/");
  if (local.includes("\0") || /^[a-z]:/i.test(local) || local.startsWith("//")) return null;
  const full = resolve(root, local);
  const inside = relative(resolve(root), full);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  return full;
}
