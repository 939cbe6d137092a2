import { guarded } from "@/lib/server/api/guarded";
import { webStudio } from "@/lib/server/api/studio-instance";
import { endedCookie, sessionOf } from "@/lib/server/people/session-cookie";
import { signOut } from "@/lib/server/people/sessions";
import { signInRequired } from "@/lib/server/people/sign-in-required";

export const dynamic = "force-dynamic";

/** Ends the browser's session, and says whether the studio can be used without one. */
export const POST = guarded(async (request) => {
  const secret = sessionOf(request);
  if (secret) await signOut((await webStudio()).studio, secret);
  return Response.json(
    { signInRequired: signInRequired(request.headers.get("host") ?? "") },
    { headers: { "set-cookie": endedCookie(request) } },
  );
});
