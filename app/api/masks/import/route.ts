import { guarded } from "@/lib/server/api/guarded";
import { requestContext } from "@/lib/server/api/studio-instance";
import { importMaskUpload } from "@/lib/server/masks/import-folder";

export const dynamic = "force-dynamic";

/** One mask PNG or COCO file: `POST /api/masks/import?file=<name>[&soft=1]` with the bytes as its body. */
export const POST = guarded(async (request) => {
  const query = new URL(request.url).searchParams;
  const upload = { file: query.get("file") ?? "", soft: query.get("soft") === "1", body: request.body };
  return Response.json(await importMaskUpload(await requestContext(request), upload));
});
