import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "@/lib/domain/errors";
import { type Answerer, type DoorRefusal, maxQuestionBytes, type Question, questions } from "./door-protocol";

export interface Door {
  url: string;
  token: string;
  close(): Promise<void>;
}

/** Answers the web process on a port of the loopback address, to whoever knows the token. */
export async function openDoor(answerer: Answerer): Promise<Door> {
  const token = randomBytes(32).toString("hex");
  const server = createServer((request, response) => {
    answer(answerer, token, request).then(
      (value) => response.writeHead(200, json).end(JSON.stringify(value)),
      (error: unknown) => {
        const refusal = toRefusal(error);
        response.writeHead(refusal.code ? 400 : 500, json).end(JSON.stringify(refusal));
      },
    );
  });
  // A page that draws asks every few seconds; connections stay open between two questions.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = { "content-type": "application/json" };

async function answer(answerer: Answerer, token: string, request: IncomingMessage): Promise<unknown> {
  if (!isToken(request.headers.authorization, token)) {
    throw new UserError("forbidden", "The worker does not know this token.");
  }
  const question = (request.url ?? "").slice(1);
  if (request.method !== "POST" || !(question in questions)) {
    throw new UserError("not-found", `The worker has no answer to ${request.method} ${request.url}.`);
  }
  const body: unknown = JSON.parse(await readText(request));
  return ask(answerer, question as Question, body);
}

function ask<Q extends Question>(answerer: Answerer, question: Q, body: unknown): Promise<unknown> {
  const args = questions[question].args.parse(body);
  // Question and arguments belong together by construction, which a lookup cannot keep.
  return (answerer[question] as (given: typeof args) => Promise<unknown>)(args);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxQuestionBytes) throw new UserError("limit-exceeded", "The question is too long.");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function toRefusal(error: unknown): DoorRefusal {
  if (error instanceof UserError) {
    return { message: error.message, code: error.code, ...(error.subject && { subject: error.subject }) };
  }
  console.error(error);
  return { message: error instanceof Error ? error.message : String(error) };
}
