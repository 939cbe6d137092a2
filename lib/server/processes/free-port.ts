import { createServer } from "node:net";

/** True when nothing listens on the port of this address yet. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return typeof (await listenOnce(port, host)) === "number";
}

/** Why this process cannot listen there, as the system's error code (`EADDRINUSE`, ...), or undefined if it can. */
export async function whyNotListen(port: number, host: string): Promise<string | undefined> {
  const result = await listenOnce(port, host);
  return typeof result === "string" ? result : undefined;
}

/** A port that was free a moment ago. Another process may take it first, so be ready to ask again. */
export async function findFreePort(host = "127.0.0.1"): Promise<number> {
  const port = await listenOnce(0, host);
  if (typeof port !== "number") throw new Error(`No free port on ${host}: ${port}.`);
  return port;
}

function listenOnce(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : "no address"));
    });
  });
}
