import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_FETCH_LIMITS, type FetchOptions, fetchImage } from "@/lib/server/import/fetch-image";
import { isPublicAddress, publicAddress } from "@/lib/server/import/public-address";

let server: Server | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function body(url: string, options: FetchOptions = {}): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fetchImage(url, options)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const allowPrivate = () => vi.stubEnv("PENTIMENTO_ALLOW_PRIVATE_URLS", "1");

describe("public addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:1::",
    "2001:db8::1",
    "not an address",
  ])("%s is private", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["1.1.1.1", "172.32.0.1", "100.128.0.1", "9.255.255.255", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it("refuses a name if any of its addresses is private", async () => {
    const mixed = async () => [
      { address: "93.184.216.34", family: 4 as const },
      { address: "10.0.0.1", family: 4 as const },
    ];
    await expect(publicAddress("rebind.example", mixed)).rejects.toMatchObject({ code: "forbidden" });
    const good = async () => [{ address: "93.184.216.34", family: 4 as const }];
    expect(await publicAddress("good.example", good)).toEqual({ address: "93.184.216.34", family: 4 });
    await expect(publicAddress("nowhere.example", async () => [])).rejects.toThrow("not found");
  });
});

describe("fetching an image", () => {
  it.each([
    "http://localhost/a.png",
    "http://127.0.0.1/a.png",
    "http://2130706433/a.png",
    "http://0x7f.1/a.png",
    "http://0/a.png",
    "http://[::1]/a.png",
    "http://[::ffff:127.0.0.1]/a.png",
    "http://169.254.169.254/latest/meta-data/",
  ])("refuses %s", (url) => expect(body(url)).rejects.toMatchObject({ code: "forbidden" }));

  it.each([
    "ftp://example.org/a.png",
    "file:///etc/passwd",
    "data:image/png;base64,AA",
    "gopher://x/",
    "nonsense",
  ])("refuses %s", (url) => expect(body(url)).rejects.toMatchObject({ code: "bad-input" }));

  it("does not send a user name or password", () =>
    expect(body("http://user:secret@example.org/a.png")).rejects.toThrow("password"));

  it("connects to the address that was checked, not to what the name means later", async () => {
    allowPrivate();
    const { port } = new URL(await serve((request, response) => response.end(`for ${request.headers.host}`)));
    const resolve = async () => [{ address: "127.0.0.1", family: 4 as const }];
    expect(await body(`http://images.invalid:${port}/a.png`, { resolve })).toBe(`for images.invalid:${port}`);
  });

  it("checks every redirect again", async () => {
    allowPrivate();
    const url = await serve((request, response) => {
      if (request.url === "/good") return response.end("pixels");
      if (request.url === "/once") return response.writeHead(302, { location: "/good" }).end();
      if (request.url === "/file") return response.writeHead(302, { location: "file:///etc/passwd" }).end();
      if (request.url === "/loop") return response.writeHead(302, { location: "/loop" }).end();
      // From here on private addresses are refused again: the redirect is what must be caught.
      vi.stubEnv("PENTIMENTO_ALLOW_PRIVATE_URLS", "");
      return response.writeHead(302, { location: "http://127.0.0.1:1/inner" }).end();
    });
    expect(await body(`${url}/once`)).toBe("pixels");
    await expect(body(`${url}/file`)).rejects.toThrow("Only http and https");
    await expect(body(`${url}/loop`)).rejects.toThrow("redirects more than 5 times");
    await expect(body(`${url}/inward`)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("has limits on size and time, and names the address in every failure", async () => {
    allowPrivate();
    const url = await serve((request, response) => {
      if (request.url === "/missing") return response.writeHead(404).end();
      if (request.url === "/slow") return void response.write("a");
      if (request.url === "/packed") return response.writeHead(200, { "content-encoding": "gzip" }).end("x");
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once("drain", flood);
      };
      flood();
    });
    const limits = { ...DEFAULT_FETCH_LIMITS, timeout: 400, maxBytes: 2 << 20 };
    await expect(body(`${url}/missing`)).rejects.toThrow(`${url}/missing answered 404`);
    await expect(body(`${url}/slow`, { limits })).rejects.toThrow("took too long");
    await expect(body(`${url}/packed`)).rejects.toThrow("compressed");
    await expect(body(`${url}/flood`, { limits: { ...limits, timeout: 10_000 } })).rejects.toThrow(
      "more than 2 MB",
    );
    await expect(body("http://127.0.0.1:1/closed")).rejects.toThrow(
      "http://127.0.0.1:1/closed could not be fetched",
    );
  });
});
