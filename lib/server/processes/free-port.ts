import { createServer } from "node:net";

/** True when nothing listens on the port of this address yet. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return (await listenOnce(port, host)) !== undefined;
}

/** A port that was free a moment ago. Another process may take it first, so be ready to ask again. */
export async function findFreePort(host = "127.0.0.1"): Promise<number> {
  const port = await listenOnce(0, host);
  if (port === undefined) throw new Error(`No free port on ${host}.`);
  return port;
}

function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
