import { guarded } from "@/lib/server/api/guarded";
import { restHandler } from "@/lib/server/api/handlers";
import { requestContext } from "@/lib/server/api/studio-instance";

export const dynamic = "force-dynamic";

const handle = guarded(async (request) => {
  const { response } = await restHandler.handle(request, {
    prefix: "/api/v1",
    context: await requestContext(request),
  });
  return response ?? new Response("Not found", { status: 404 });
});

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
