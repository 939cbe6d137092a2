import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type ChatRequest = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string };
    max_tokens?: number;
    seed?: number;
  };
};

/** One answer of the server, in the order of requests; the last one repeats. */
export type Reply =
  | { readonly edits: readonly unknown[] }
  | { readonly text: string; readonly finish?: string; readonly refusal?: string }
  | { readonly status: number; readonly message?: string; readonly headers?: Record<string, string> }
  | { readonly raw: string }
  | { readonly hang: true };

export type ChatServer = {
  readonly baseUrl: string;
  readonly requests: ChatRequest[];
  close(): Promise<void>;
};

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}

function completion(reply: Extract<Reply, { edits: unknown } | { text: string }>, model: string): string {
  const content = "edits" in reply ? JSON.stringify({ edits: reply.edits }) : reply.text;
  const refusal = "text" in reply ? (reply.refusal ?? null) : null;
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: `${model}-served`,
    choices: [
      {
        index: 0,
        finish_reason: "text" in reply ? (reply.finish ?? "stop") : "stop",
        logprobs: null,
        message: { role: "assistant", content: refusal === null ? content : null, refusal },
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
}

function answer(response: ServerResponse, reply: Reply, model: string): void {
  if ("hang" in reply) return;
  if ("raw" in reply) send(response, 200, reply.raw);
  else if ("status" in reply) {
    const error = {
      error: { message: reply.message ?? "no", type: "server_error", code: null, param: null },
    };
    send(response, reply.status, JSON.stringify(error), reply.headers);
  } else send(response, 200, completion(reply, model));
}

/** A server that speaks the chat-completions protocol over real HTTP and answers from a script. */
export async function startChatServer(
  decide: (request: ChatRequest, index: number) => Reply,
  port = 0,
): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as ChatRequest["body"];
      const seen = { path: request.url ?? "", authorization: request.headers.authorization, body };
      requests.push(seen);
      answer(response, decide(seen, requests.length - 1), body.model);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
