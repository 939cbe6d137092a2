import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { guarded } from "@/lib/server/api/guarded";
import { requestContext, webStudio } from "@/lib/server/api/studio-instance";
import { THUMBNAIL_MIME } from "@/lib/server/images/thumbnail-cache";

export const dynamic = "force-dynamic";

/** An image of the store by its hash, or with `?w=<pixels>` a thumbnail at least that wide. Never changes. */
export const GET = guarded<{ sha: string }>(async (request, { sha }) => {
  await requestContext(request);
  const { studio, thumbnails } = await webStudio();
  const width = Number(new URL(request.url).searchParams.get("w"));
  if (width > 0) {
    return immutable(createReadStream(await thumbnails.thumbnail(sha, width)), THUMBNAIL_MIME);
  }
  const image = await studio.db.image.findUnique({ where: { sha256: sha } });
  if (!image) return new Response("There is no such image.", { status: 404 });
  return immutable(await studio.store.open(sha), image.mime);
});

function immutable(stream: Readable, mime: string): Response {
  // The DOM's and Node's types of the same stream differ.
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: { "content-type": mime, "cache-control": "private, max-age=31536000, immutable" },
  });
}
