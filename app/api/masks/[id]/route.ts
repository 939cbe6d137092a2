import { z } from "zod";
import { version } from "@/lib/api/contract/shared";
import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { routeId } from "@/lib/server/api/route-id";
import { requestContext } from "@/lib/server/api/studio-instance";
import { saveMask } from "@/lib/server/masks/save-mask";

export const dynamic = "force-dynamic";

const query = z.object({ version: z.coerce.number().pipe(version), saveId: z.uuid().optional() });

/**
 * A drawn mask, streamed: `PUT /api/masks/<region id>?version=<n>&saveId=<uuid>` with the PNG as its body. Answers
 * as `masks.save` does; 409 means that somebody else saved, and carries what they saved.
 */
export const PUT = guarded<{ id: string }>(async (request, { id }) => {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = query.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? "version");
    throw new UserError(
      "bad-input",
      `?${name}= is missing or wrong: ${parsed.error.issues[0]?.message}.`,
      name,
    );
  }
  const region = { id: routeId(id, "region"), ...parsed.data };
  const outcome = await saveMask(await requestContext(request), { ...region, body: request.body });
  return Response.json(outcome, { status: outcome.saved ? 200 : 409 });
});
