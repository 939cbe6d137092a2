import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";

interface Part {
  type: string;
  text?: string;
  image_url?: { url: string };
}

export interface SeenJudgeRequest {
  path: string;
  body: Record<string, unknown> & { messages?: { role: string; content: string | Part[] }[] };
}

export interface JudgeServer {
  url: string;
  seen: SeenJudgeRequest[];
  /** Answers given before the real one, first come first. */
  troubles: { status: number; headers?: Record<string, string>; body?: string }[];
  /** Says these words in place of marks that come from the pictures. */
  words: string | null;
  /** Refuses requests that ask for a schema, as simple servers do. */
  withoutSchemas: boolean;
  close(): Promise<void>;
}

/**
 * A small server that speaks the chat and moderation parts of the OpenAI protocol and really looks at the pictures: a
 * pair that differs follows its instruction (10), one that does not, does not (0); a picture is as unsafe as it is red.
 */
export async function startJudgeServer(): Promise<JudgeServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      answer(request.url ?? "", JSON.parse(Buffer.concat(chunks).toString("utf8"))).then(
        ({ status, headers, body }) => send(response, status, body, headers),
        (error) => send(response, 500, JSON.stringify({ error: { message: String(error) } })),
      );
    });
  });
  const state: JudgeServer = {
    url: "",
    seen: [],
    troubles: [],
    words: null,
    withoutSchemas: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const json = (body: unknown, status = 200) => ({ status, headers: {}, body: JSON.stringify(body) });

  async function answer(path: string, body: SeenJudgeRequest["body"]) {
    const trouble = state.troubles.shift();
    if (trouble) return { headers: {}, body: "", ...trouble };
    state.seen.push({ path, body });
    if (path === "/v1/moderations") {
      const [input] = body.input as Part[];
      const [red = 0] = (await pixelsOf(input?.image_url?.url ?? "")).means;
      return json({ results: [{ category_scores: { sexual: red / 255, violence: 0.01 } }] });
    }
    if (path !== "/v1/chat/completions") return json({ error: { message: "no such route" } }, 404);
    if (state.withoutSchemas && body.response_format) {
      return json({ error: { message: "response_format is not supported" } }, 400);
    }
    const parts = body.messages?.flatMap(({ content }) => (typeof content === "string" ? [] : content)) ?? [];
    const urls = parts.flatMap((part) => (part.image_url ? [part.image_url.url] : []));
    const [source, target] = await Promise.all(urls.map(pixelsOf));
    if (!source || !target) return json({ error: { message: "two images are required" } }, 400);
    const follows = source.data.equals(target.data) ? 0 : 10;
    const words =
      state.words ?? JSON.stringify({ reason: "I compared them.", follows, keeps: 7, quality: 9 });
    return json({
      model: "judge-1-2026",
      choices: [{ message: { role: "assistant", content: words }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 },
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return state;
}

async function pixelsOf(url: string) {
  const image = sharp(Buffer.from(url.split(",")[1] ?? "", "base64")).removeAlpha();
  const { channels } = await image.clone().stats();
  return { data: await image.raw().toBuffer(), means: channels.map(({ mean }) => mean) };
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
