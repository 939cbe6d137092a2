import { Readable } from "node:stream";
import { z } from "zod";
import { maskFormat, regionKind } from "@/lib/api/contract/masks";
import { editType } from "@/lib/api/contract/shared";
import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { requestContext } from "@/lib/server/api/studio-instance";
import { exportCoco } from "@/lib/server/masks/export-coco";

export const dynamic = "force-dynamic";

const query = z.object({
  format: maskFormat.default("coco-compressed"),
  id: z.uuid().optional(),
  kind: regionKind.optional(),
  runId: z.uuid().optional(),
  editType: editType.optional(),
});

/** The current masks as one COCO file, streamed: `GET /api/masks/export?format=coco-compressed&kind=anchor`. */
export const GET = guarded(async (request) => {
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError("bad-input", `?${String(issue?.path[0])}= is wrong: ${issue?.message}.`);
  }
  const { format, ...filter } = parsed.data;
  if (format === "png") {
    throw new UserError(
      "bad-input",
      "A COCO file holds no PNGs; write them to a folder with “npx pentimento masks export <folder> --format png”.",
      "format",
    );
  }
  const pieces = exportCoco(await requestContext(request), { format, ...filter });
  // The DOM's and Node's types of the same stream differ.
  return new Response(Readable.toWeb(Readable.from(encoded(pieces))) as ReadableStream, {
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="masks.${format}.json"`,
    },
  });
});

async function* encoded(pieces: AsyncIterable<string>) {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
