import { z } from "zod";
import { version } from "@/lib/api/contract/shared";
import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { routeId } from "@/lib/server/api/route-id";
import { requestContext } from "@/lib/server/api/studio-instance";
import { saveMask } from "@/lib/server/masks/save-mask";

export const dynamic = "force-dynamic";

const inQuery = z.object({
  version: z.coerce.number().pipe(version),
  saveId: z.uuid().optional(),
  aside: z.literal("1").optional(),
});

/**
 * A drawn mask, streamed: `PUT /api/masks/<region id>?version=<n>&saveId=<uuid>` with the PNG as its body. Answers
 * as `masks.save` does; 409 means that somebody else saved, and carries what they saved. With `aside=1` the mask goes
 * into the history, and what is current stays so.
 */
export const PUT = guarded<{ id: string }>(async (request, { id }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = inQuery.safeParse(query);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? "version");
    throw new UserError(
      "bad-input",
      `?${name}= is missing or wrong: ${parsed.error.issues[0]?.message}.`,
      name,
    );
  }
  const { aside, ...given } = parsed.data;
  const region = { id: routeId(id, "region"), ...given, aside: aside === "1" };
  const outcome = await saveMask(await requestContext(request), { ...region, body: request.body });
  return Response.json(outcome, { status: outcome.saved ? 200 : 409 });
});
