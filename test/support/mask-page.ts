import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".jpg": "image/jpeg",
  ".png": "image/png",
};

export interface MaskPage {
  url: string;
  /** Offers a file at `/files/<name>`; its ending says the type. */
  put(name: string, bytes: Uint8Array): string;
  stop(): Promise<void>;
}

/** The mask editor alone on a page, built as for production and served from this process: no studio is needed. */
export async function startMaskPage(): Promise<MaskPage> {
  const folder = mkdtempSync(join(tmpdir(), "pentimento-mask-page-"));
  const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
  await build({
    configFile: false,
    root: join(root, "test/support/mask-page-app"),
    logLevel: "error",
    resolve: { alias: { "@": root } },
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: true },
  });
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    try {
      const body =
        files.get(path) ?? readFileSync(join(folder, normalize(path === "/" ? "/index.html" : path)));
      response.writeHead(200, {
        "content-type": types[extname(path) || ".html"] ?? "application/octet-stream",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    put(name, bytes) {
      files.set(`/files/${name}`, bytes);
      return `/files/${name}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
