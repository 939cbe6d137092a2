import { UserError } from "@/lib/domain/errors";

/** The bytes of a request's body, refused as soon as they are more than `limit`. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  name: string,
): Promise<Buffer> {
  if (!body) throw new UserError("bad-input", `${name} came without content.`, name);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > limit) {
      await reader.cancel();
      throw new UserError(
        "limit-exceeded",
        `${name} is larger than ${Math.round(limit / 1024 ** 2)} MB.`,
        name,
      );
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, bytes);
}
