import { UserError } from "@/lib/domain/errors";
import type { Caller } from "../context";
import type { OpenStudio } from "../open-studio";
import { sessionOf } from "./session-cookie";
import { callerOfSession, callerOfToken } from "./sessions";
import { signInRequired } from "./sign-in-required";

/**
 * Who sent a request: a program by its token, a browser by its session, and where signing in is not required
 * everybody else is the owner.
 * @throws UserError `signed-out`
 */
export async function resolveCaller(studio: OpenStudio, request: Request): Promise<Caller> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer) {
    const caller = await callerOfToken(studio, bearer);
    if (caller) return caller;
    throw new UserError(
      "signed-out",
      "This token is not known, or was revoked; make a new one under People.",
    );
  }
  const secret = sessionOf(request);
  if (secret) {
    const caller = await callerOfSession(studio, secret);
    if (caller) return caller;
    // Not the owner, even on the loopback address: work would go on under another name without a word.
    throw new UserError(
      "signed-out",
      "Your sign-in has ended. Open a new sign-in link; what you did on this page is still here.",
    );
  }
  if (!signInRequired(request.headers.get("host") ?? "")) return studio.owner;
  throw new UserError("signed-out", "Sign in first: the owner of this studio has a link for you.");
}
