import OpenAI from "openai";
import { UserError } from "@/lib/domain/errors";
import type { TokenUsage } from "@/lib/domain/instruction-records";
import { answerSchema, type PromptMessage } from "./prompt-layout";

export type ChatEndpoint = {
  /** Ends in `/v1` for most servers. */
  readonly baseUrl: string;
  readonly model: string;
  /** Local servers need none. */
  readonly apiKey?: string;
  /** Of one HTTP request, in milliseconds. */
  readonly timeoutMs: number;
  /** Retries of one request after 408, 409, 429, 5xx, time-outs and broken connections. */
  readonly maxRetries: number;
  readonly temperature: number;
  readonly maxTokens: number;
};

export type ChatAnswer =
  | {
      readonly kind: "answer";
      readonly text: string;
      readonly model: string;
      readonly usage: TokenUsage | null;
    }
  | {
      readonly kind: "refused" | "truncated";
      readonly text: string;
      readonly reason: string;
      readonly usage: TokenUsage | null;
    }
  | { readonly kind: "failed"; readonly reason: string };

type StructureMode = "json-schema" | "json-object" | "none";
const structureModes: readonly StructureMode[] = ["json-schema", "json-object", "none"];

/** A server that asks for a longer pause than this gets none: the job fails and is tried again later. */
const longestPauseMs = 60_000;

/** The form that answers are to have, as JSON schema. */
export type AnswerForm = { readonly name: string; readonly schema: object };

function responseFormat(mode: StructureMode, form: AnswerForm) {
  if (mode === "json-schema") {
    return {
      response_format: {
        type: "json_schema" as const,
        json_schema: {
          name: form.name,
          strict: true,
          schema: form.schema as Record<string, unknown>,
        },
      },
    };
  }
  return mode === "json-object" ? { response_format: { type: "json_object" as const } } : {};
}

/** The client obeys any Retry-After, however long, with a worker waiting; this bounds it. */
const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const header = response.headers.get("retry-after");
  if (header === null) return response;
  const seconds = Number.parseFloat(header);
  const pauseMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  if (!(pauseMs > longestPauseMs)) return response;
  const headers = new Headers(response.headers);
  headers.set("x-should-retry", "false");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

/** Settles as `work` does, or rejects as soon as the signal fires, even during the client's pauses. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  // However it ends after the signal, nobody waits for it any more.
  work.catch(() => {});
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** An error no caption can get past becomes a UserError; a passing one becomes a "failed" answer. */
function explain(error: unknown, endpoint: ChatEndpoint): ChatAnswer {
  const where = `The language model at ${endpoint.baseUrl}`;
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return { kind: "failed", reason: `${where} did not answer within ${endpoint.timeoutMs / 1000} s.` };
  }
  if (error instanceof OpenAI.APIConnectionError) {
    throw new UserError(
      "unavailable",
      `${where} cannot be reached. Is the server running, and is the address right?`,
      "baseUrl",
    );
  }
  if (error instanceof OpenAI.APIError) {
    const said = error.message.slice(0, 300);
    if (error.status === 401 || error.status === 403) {
      throw new UserError("unavailable", `${where} refused the API key (${said}). Check the key.`, "apiKey");
    }
    if (error.status === 404) {
      throw new UserError(
        "unavailable",
        `${where} knows no model "${endpoint.model}", or the address is wrong (${said}).`,
        "model",
      );
    }
    if (
      error.status !== undefined &&
      error.status < 500 &&
      error.status !== 429 &&
      error.status !== 408 &&
      error.status !== 409
    ) {
      throw new UserError("unavailable", `${where} refused the request (${said}).`, "model");
    }
    return { kind: "failed", reason: `${where} failed after ${endpoint.maxRetries} retries (${said}).` };
  }
  if (error instanceof SyntaxError)
    return { kind: "failed", reason: `${where} answered with something that is not JSON.` };
  throw error;
}

function readUsage(usage: OpenAI.CompletionUsage | null | undefined): TokenUsage | null {
  if (usage === null || usage === undefined) return null;
  const promptTokens = usage.prompt_tokens ?? 0;
  const completionTokens = usage.completion_tokens ?? 0;
  return {
    promptTokens,
    completionTokens,
    totalTokens: usage.total_tokens ?? promptTokens + completionTokens,
  };
}

function readCompletion(completion: OpenAI.ChatCompletion, endpoint: ChatEndpoint): ChatAnswer {
  const choice = completion.choices?.[0];
  const usage = readUsage(completion.usage);
  if (choice === undefined)
    return { kind: "failed", reason: `The language model at ${endpoint.baseUrl} sent no choices.` };
  const text = choice.message?.content ?? "";
  if (choice.message?.refusal)
    return { kind: "refused", text: choice.message.refusal, reason: "The model refused.", usage };
  if (choice.finish_reason === "content_filter")
    return { kind: "refused", text, reason: "The server's content filter cut the answer.", usage };
  if (choice.finish_reason === "length") {
    return {
      kind: "truncated",
      text,
      reason: `The answer was cut at ${endpoint.maxTokens} tokens. Raise maxTokens.`,
      usage,
    };
  }
  return { kind: "answer", text, model: completion.model || endpoint.model, usage };
}

/**
 * One chat query in JSON. Asks for the answer's schema first and steps down to plain JSON mode, then to none,
 * when a server refuses it; what a server takes is remembered for the next query.
 */
export function createChatClient(
  endpoint: ChatEndpoint,
  form: AnswerForm = { name: "proposed_edits", schema: answerSchema },
): {
  ask(messages: readonly PromptMessage[], seed: number, signal?: AbortSignal): Promise<ChatAnswer>;
} {
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    apiKey: endpoint.apiKey || "none",
    organization: null,
    project: null,
    timeout: endpoint.timeoutMs,
    maxRetries: endpoint.maxRetries,
    fetch: boundedFetch,
    logLevel: "off",
  });
  let level = 0;
  return {
    async ask(messages, seed, signal) {
      for (;;) {
        const used = level;
        try {
          const request = client.chat.completions.create(
            {
              model: endpoint.model,
              messages: [...messages],
              temperature: endpoint.temperature,
              max_tokens: endpoint.maxTokens,
              seed,
              ...responseFormat(structureModes[used]!, form),
            },
            { ...(signal === undefined ? {} : { signal }) },
          );
          return readCompletion(await untilAborted(request, signal), endpoint);
        } catch (error) {
          signal?.throwIfAborted();
          const refusesForm =
            error instanceof OpenAI.APIError && [400, 415, 422, 501].includes(error.status ?? 0);
          if (!refusesForm || used >= structureModes.length - 1) return explain(error, endpoint);
          level = Math.max(level, used + 1);
        }
      }
    },
  };
}
