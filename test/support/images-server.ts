import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import sharp from "sharp";

/** One request as the server understood it. */
export interface SeenImageRequest {
  fields: Record<string, string>;
  imageSize: string;
  /** Share of the mask that is transparent; null where no mask came. */
  freeShare: number | null;
  authorization: string | undefined;
  at: number;
}

export interface ImagesServer {
  /** To be given as the endpoint's base address. */
  url: string;
  seen: SeenImageRequest[];
  /** Answers given before the real one, first come first: status, headers and body. */
  troubles: { status: number; headers?: Record<string, string>; body?: string }[];
  options: { answerWith: "b64_json" | "url"; size?: [width: number, height: number] };
  close(): Promise<void>;
}

/**
 * A small server that speaks the images part of the OpenAI protocol and really edits: inside the transparent part of
 * the mask (everywhere without one) colours are inverted; outside, every level is raised by 3, as real servers
 * never give back quite what they got.
 */
export async function startImagesServer(): Promise<ImagesServer> {
  const kept = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => send(response, 500, { error: { message: String(error) } }));
  });
  const state: ImagesServer = {
    url: "",
    seen: [],
    troubles: [],
    options: { answerWith: "b64_json" },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = kept.get(request.url ?? "");
    if (request.method === "GET" && file) {
      response.writeHead(200, { "content-type": "image/png" }).end(file);
      return;
    }
    if (request.method !== "POST" || request.url !== "/v1/images/edits") {
      return send(response, 404, { error: { message: `no such route: ${request.method} ${request.url}` } });
    }
    const form = await new Response(Readable.toWeb(request) as ReadableStream, {
      headers: { "content-type": request.headers["content-type"] ?? "" },
    }).formData();
    const trouble = state.troubles.shift();
    if (trouble) {
      response.writeHead(trouble.status, trouble.headers).end(trouble.body ?? "");
      return;
    }
    const image = form.get("image");
    const mask = form.get("mask");
    if (!(image instanceof Blob)) return send(response, 400, { error: { message: "image is required" } });
    const { data, info } = await pixelsOf(image, 3);
    const alpha = mask instanceof Blob ? await pixelsOf(mask, 4) : null;
    if (alpha && (alpha.info.width !== info.width || alpha.info.height !== info.height)) {
      return send(response, 400, { error: { message: "mask and image differ in size" } });
    }
    const free = (pixel: number) => !alpha || alpha.data[4 * pixel + 3] === 0;
    let count = 0;
    for (let pixel = 0; pixel < info.width * info.height; pixel++) {
      if (free(pixel)) count++;
      for (let at = 3 * pixel; at < 3 * pixel + 3; at++) {
        data[at] = free(pixel) ? 255 - data[at]! : Math.min(255, data[at]! + 3);
      }
    }
    const fields: Record<string, string> = {};
    for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
    state.seen.push({
      fields,
      imageSize: `${info.width}x${info.height}`,
      freeShare: alpha && count / (info.width * info.height),
      authorization: request.headers.authorization,
      at: Date.now(),
    });
    const made = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
    const size = state.options.size ?? fields.size?.split("x").map(Number);
    if (size) made.resize(size[0], size[1], { fit: "fill" });
    const png = await made.png().toBuffer();
    const path = `/files/${state.seen.length}.png`;
    kept.set(path, png);
    send(
      response,
      200,
      {
        created: Math.floor(Date.now() / 1000),
        data: [
          state.options.answerWith === "url"
            ? { url: new URL(path, state.url).href }
            : { b64_json: png.toString("base64") },
        ],
        usage: { input_tokens: 300, output_tokens: 1000, total_tokens: 1300 },
      },
      { "x-request-id": `req-${state.seen.length}` },
    );
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return state;
}

async function pixelsOf(file: Blob, channels: 3 | 4) {
  const image = sharp(Buffer.from(await file.arrayBuffer()));
  return (channels === 4 ? image.ensureAlpha() : image.removeAlpha())
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
