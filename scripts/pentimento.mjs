#!/usr/bin/env node
// Plain JavaScript, so that an old Node gets a sentence and not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Pentimento needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
await import("./cli/main.ts");
