import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { webStudio } from "@/lib/server/api/studio-instance";
import { sessionCookie } from "@/lib/server/people/session-cookie";
import { signIn } from "@/lib/server/people/sessions";

export const dynamic = "force-dynamic";

const body = z.object({ secret: z.string().min(1).max(200) });

/** Uses up a sign-in link: `POST /api/sign-in` with `{secret}`; the answer sets the session's cookie. */
export const POST = guarded(async (request) => {
  const parsed = body.safeParse(await request.json().catch(() => null));
  const { studio } = await webStudio();
  const signedIn = parsed.success
    ? await signIn(studio, parsed.data.secret, request.headers.get("user-agent"))
    : null;
  if (!signedIn) {
    throw new UserError(
      "signed-out",
      "This sign-in link was used already, replaced by a newer one, or is older than a week. Ask the owner for another.",
      "secret",
    );
  }
  const { name, role } = signedIn.caller;
  return Response.json(
    { name, role },
    { headers: { "set-cookie": sessionCookie(request, signedIn.secret), "cache-control": "no-store" } },
  );
});
