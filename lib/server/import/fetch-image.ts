import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { UserError } from "@/lib/domain/errors";
import { type Address, publicAddress, type Resolver } from "./public-address";

export type FetchLimits = {
  /** From the first byte sent to the last received, redirects included, milliseconds. */
  timeout: number;
  maxRedirects: number;
  maxBytes: number;
};

export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  timeout: 30_000,
  maxRedirects: 5,
  maxBytes: 64 * 1024 * 1024,
};

export type FetchOptions = { limits?: FetchLimits; resolve?: Resolver; signal?: AbortSignal };

/**
 * The body of an image's URL as a stream. Only http and https, only public addresses: the name is resolved here, every
 * address checked, and the connection made to the checked one, so that a second look-up cannot lead elsewhere;
 * each redirect goes through the same.
 */
export async function* fetchImage(url: string, options: FetchOptions = {}): AsyncGenerator<Uint8Array> {
  const limits = options.limits ?? DEFAULT_FETCH_LIMITS;
  const timeout = AbortSignal.timeout(limits.timeout);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const response = await follow(url, limits, signal, options.resolve);
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limits.maxBytes) {
        response.destroy();
        throw new UserError("limit-exceeded", `${url} sends more than ${megabytes(limits)} MB.`, url);
      }
      yield chunk;
    }
  } catch (error) {
    throw fetchError(error, url, timeout.aborted);
  }
}

async function follow(
  url: string,
  limits: FetchLimits,
  signal: AbortSignal,
  resolve?: Resolver,
): Promise<IncomingMessage> {
  let at = checkUrl(url);
  for (let hop = 0; hop <= limits.maxRedirects; hop++) {
    const response = await get(at, await publicAddress(at.hostname, resolve), signal);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status >= 300 && status < 400 && location) {
      response.destroy();
      at = checkUrl(new URL(location, at).href);
      continue;
    }
    if (status !== 200) {
      response.destroy();
      throw new UserError("bad-input", `${url} answered ${status}; no image was sent.`, url);
    }
    if (response.headers["content-encoding"] && response.headers["content-encoding"] !== "identity") {
      response.destroy();
      throw new UserError("bad-input", `${url} sends a compressed body, which was not asked for.`, url);
    }
    return response;
  }
  throw new UserError("bad-input", `${url} redirects more than ${limits.maxRedirects} times.`, url);
}

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new UserError("bad-input", `"${text}" is not a web address.`, text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new UserError("bad-input", `Only http and https addresses are fetched, not ${url.protocol}`, text);
  if (url.username || url.password)
    throw new UserError(
      "bad-input",
      `${url.host}: an address with a user name or password is not fetched.`,
      text,
    );
  return url;
}

function get(url: URL, { address, family }: Address, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        signal,
        agent: false,
        headers: { accept: "image/*", "accept-encoding": "identity", "user-agent": "pentimento-import" },
        // The checked address, whatever the name resolves to by now; both call shapes of `dns.lookup`.
        lookup: (_host, lookupOptions, callback) => {
          if (lookupOptions.all) callback(null, [{ address, family }]);
          else callback(null, address, family);
        },
      },
      resolve,
    );
    outgoing.on("error", reject);
    outgoing.end();
  });
}

function fetchError(error: unknown, url: string, timedOut: boolean): unknown {
  if (error instanceof UserError) return error;
  if (timedOut) return new UserError("bad-input", `${url} took too long to answer.`, url);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return new UserError("bad-input", `${url} could not be fetched${code ? ` (${code})` : ""}.`, url);
}

function megabytes(limits: FetchLimits): number {
  return Math.round(limits.maxBytes / (1024 * 1024));
}
