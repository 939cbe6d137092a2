import { guarded } from "@/lib/server/api/guarded";
import { webStudio } from "@/lib/server/api/studio-instance";
import { endedCookie, sessionOf } from "@/lib/server/people/session-cookie";
import { signOut } from "@/lib/server/people/sessions";

export const dynamic = "force-dynamic";

/** Ends the browser's session. */
export const POST = guarded(async (request) => {
  const secret = sessionOf(request);
  if (secret) await signOut((await webStudio()).studio, secret);
  return new Response(null, { status: 204, headers: { "set-cookie": endedCookie(request) } });
});
