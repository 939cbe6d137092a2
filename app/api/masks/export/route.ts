import { Readable } from "node:stream";
import { z } from "zod";
import { maskFormat, regionKind } from "@/lib/api/contract/masks";
import { editType } from "@/lib/api/contract/shared";
import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { requestContext } from "@/lib/server/api/studio-instance";
import { exportCoco } from "@/lib/server/masks/export-coco";
import { exportZip } from "@/lib/server/masks/export-pngs";

export const dynamic = "force-dynamic";

const query = z.object({
  format: maskFormat.default("coco-compressed"),
  id: z.uuid().optional(),
  kind: regionKind.optional(),
  runId: z.uuid().optional(),
  editType: editType.optional(),
});

/**
 * The current masks, streamed: as one COCO file, `GET /api/masks/export?format=coco-compressed&kind=anchor`, or for
 * `format=png` as a ZIP archive of PNG files.
 */
export const GET = guarded(async (request) => {
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError("bad-input", `?${String(issue?.path[0])}= is wrong: ${issue?.message}.`);
  }
  const { format, ...filter } = parsed.data;
  const context = await requestContext(request);
  return format === "png"
    ? download(exportZip(context, filter), "masks.zip", "application/zip")
    : download(
        encoded(exportCoco(context, { format, ...filter })),
        `masks.${format}.json`,
        "application/json",
      );
});

function download(pieces: AsyncIterable<Uint8Array>, name: string, type: string): Response {
  // The DOM's and Node's types of the same stream differ.
  return new Response(Readable.toWeb(Readable.from(pieces)) as ReadableStream, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
  });
}

async function* encoded(pieces: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
