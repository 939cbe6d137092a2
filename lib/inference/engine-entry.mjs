// A worker thread starts without a TypeScript loader of its own, so it brings one and then the engine.
import { register } from "tsx/esm/api";

register();
await import("./engine-thread.ts");
