import { guarded } from "@/lib/server/api/guarded";
import { rpcHandler } from "@/lib/server/api/handlers";
import { requestContext } from "@/lib/server/api/studio-instance";

export const dynamic = "force-dynamic";

const handle = guarded(async (request) => {
  const { response } = await rpcHandler.handle(request, {
    prefix: "/api/rpc",
    context: await requestContext(request),
  });
  return response ?? new Response("Not found", { status: 404 });
});

export { handle as GET, handle as POST };
