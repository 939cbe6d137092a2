import { UserError } from "@/lib/domain/errors";

/** An OpenAI-compatible server. */
export interface Endpoint {
  /** Ends in `/v1` for most servers; without a slash at the end. */
  readonly baseUrl: string;
  /** Local servers need none. */
  readonly apiKey?: string | undefined;
}

export interface RequestPolicy {
  /** Repeats after 408, 409, 429, 5xx, time-outs and broken connections. */
  readonly maxRetries: number;
  /** Of one try, in milliseconds. */
  readonly timeoutMs: number;
  /** First pause; each further one is twice as long, up to `longestPauseMs`. A server's Retry-After counts instead. */
  readonly firstPauseMs: number;
  /** A server that asks for a longer pause than this is given up at once. */
  readonly longestPauseMs: number;
}

export const defaultPolicy: RequestPolicy = {
  maxRetries: 5,
  timeoutMs: 180_000,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
};

export type EndpointAnswer =
  | {
      readonly ok: true;
      readonly text: string;
      /** The server's `x-request-id`, by which its operator finds the request. */
      readonly requestId: string | null;
      readonly attempts: number;
    }
  | {
      /** `refused`: the server will not do this one; `failed`: it could not, and may later. */
      readonly ok: false;
      readonly kind: "refused" | "failed";
      readonly reason: string;
      readonly attempts: number;
    };

export interface EndpointRequest {
  /** Below the base address, such as `/images/edits`. */
  readonly path: string;
  /** Made anew for each try: a body can be read only once. */
  body(): FormData | string;
  /** What the server is called in messages, such as “The images endpoint”. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
}

const repeatable = (status: number) => status === 408 || status === 409 || status === 429 || status >= 500;

/**
 * One POST, repeated with growing pauses while the server is busy or broken.
 * @throws UserError `unavailable` where no repetition can help: no connection, a refused key, an unknown address or model
 */
export async function sendRequest(
  endpoint: Endpoint,
  request: EndpointRequest,
  policy: RequestPolicy = defaultPolicy,
): Promise<EndpointAnswer> {
  const where = `${request.name} at ${endpoint.baseUrl}`;
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(endpoint, request, policy);
    if (outcome.kind === "answer") {
      return { ok: true, text: outcome.text, requestId: outcome.requestId, attempts: attempt };
    }
    if (outcome.kind === "status" && !repeatable(outcome.status)) {
      return finalRefusal(outcome.status, outcome.text, where, attempt);
    }
    const said = outcome.kind === "status" ? `${outcome.status}: ${excerpt(outcome.text)}` : outcome.reason;
    const pauseMs =
      (outcome.kind === "status" ? outcome.retryAfterMs : undefined) ??
      Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** (attempt - 1));
    if (attempt > policy.maxRetries || pauseMs > policy.longestPauseMs) {
      if (outcome.kind === "unreachable") {
        throw new UserError(
          "unavailable",
          `${where} cannot be reached (${outcome.reason}). Is the server running, and is the address right?`,
          "baseUrl",
        );
      }
      const tries = attempt === 1 ? "" : ` ${attempt} times`;
      return { ok: false, kind: "failed", reason: `${where} failed${tries} (${said}).`, attempts: attempt };
    }
    await pause(pauseMs, request.signal);
  }
}

type Outcome =
  | { kind: "answer"; text: string; requestId: string | null }
  | { kind: "status"; status: number; text: string; retryAfterMs: number | undefined }
  | { kind: "unreachable" | "late"; reason: string };

async function tryOnce(
  endpoint: Endpoint,
  request: EndpointRequest,
  policy: RequestPolicy,
): Promise<Outcome> {
  const late = AbortSignal.timeout(policy.timeoutMs);
  const body = request.body();
  try {
    const response = await fetch(`${endpoint.baseUrl.replace(/\/+$/, "")}${request.path}`, {
      method: "POST",
      body,
      headers: {
        ...(endpoint.apiKey && { authorization: `Bearer ${endpoint.apiKey}` }),
        ...(typeof body === "string" && { "content-type": "application/json" }),
      },
      signal: request.signal ? AbortSignal.any([request.signal, late]) : late,
    });
    const text = await response.text();
    if (response.ok) return { kind: "answer", text, requestId: response.headers.get("x-request-id") };
    const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
    return { kind: "status", status: response.status, text, retryAfterMs };
  } catch (error) {
    request.signal?.throwIfAborted();
    if (late.aborted) return { kind: "late", reason: `no answer within ${policy.timeoutMs / 1000} s` };
    const cause = (error as Error).cause;
    return { kind: "unreachable", reason: ((cause as Error | undefined) ?? (error as Error)).message };
  }
}

/** Milliseconds; seconds and HTTP dates are both allowed (RFC 9110 §10.2.3). */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function finalRefusal(status: number, text: string, where: string, attempts: number): EndpointAnswer {
  const said = excerpt(text);
  if (status === 401 || status === 403) {
    throw new UserError("unavailable", `${where} refused the API key (${said}). Check the key.`, "apiKey");
  }
  if (status === 404) {
    throw new UserError("unavailable", `${where} does not know the model or the address (${said}).`, "model");
  }
  return {
    ok: false,
    kind: "refused",
    reason: `${where} refused the request (${status}: ${said}).`,
    attempts,
  };
}

/** What an error body says, in a line. */
function excerpt(text: string): string {
  try {
    const parsed = JSON.parse(text) as { error?: { message?: unknown } | string };
    const message = typeof parsed.error === "string" ? parsed.error : parsed.error?.message;
    if (typeof message === "string") return message.slice(0, 300);
  } catch {
    // Not JSON: the text itself is all there is.
  }
  return text.replace(/\s+/g, " ").trim().slice(0, 300) || "no explanation";
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
