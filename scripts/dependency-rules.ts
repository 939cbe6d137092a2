/** A part of the project and what its files may import besides their own part. */
export interface Part {
  /** Folder, or the beginning of a path. The longest that fits a file is its part. */
  path: string;
  mayImport: readonly string[];
  /** Beginnings of the names of packages that may not be imported. */
  banned?: readonly string[];
}

const WEB = ["next", "react", "@tanstack/react-query", "konva"];
const NODE = ["node:"];
const MODELS = [
  "lib/diffusion",
  "lib/perception",
  "lib/instructions",
  "lib/export",
  "lib/storybook",
  "lib/evaluation",
  "lib/generators",
];

/** Dependencies point one way: domain, packs, models and formats, stages, server, workers and pages. */
export const parts: readonly Part[] = [
  { path: "lib/domain", mayImport: [], banned: [...WEB, ...NODE] },
  { path: "lib/packs", mayImport: ["lib/domain"], banned: WEB },
  ...MODELS.map((path) => ({ path, mayImport: ["lib/domain", "lib/packs"], banned: WEB })),
  {
    path: "lib/inference",
    mayImport: ["lib/domain", "lib/packs", "lib/diffusion", "lib/perception"],
    banned: WEB,
  },
  { path: "lib/stages", mayImport: ["lib/domain", "lib/packs", ...MODELS, "lib/inference"], banned: WEB },
  { path: "lib/api", mayImport: ["lib/domain"], banned: ["next"] },
  {
    path: "lib/server",
    mayImport: ["lib/domain", "lib/packs", ...MODELS, "lib/inference", "lib/stages", "lib/api"],
    banned: WEB,
  },
  { path: "workers", mayImport: ["lib"], banned: WEB },
  // In the browser: the server is reached through the typed client alone.
  { path: "components", mayImport: ["lib/domain", "lib/api"], banned: NODE },
  { path: "app", mayImport: ["lib", "components"] },
  // The benchmarks start the studio as the tests do.
  { path: "scripts", mayImport: ["lib", "workers", "test"] },
  { path: "test", mayImport: ["lib", "workers", "components", "app", "scripts"] },
];
