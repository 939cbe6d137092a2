import { sessionDays } from "./sessions";

/** Browsers send a host's cookies to all of its ports, and two studios may run on one machine. */
function nameFor(request: Request): string {
  const port = /:(\d+)$/.exec(request.headers.get("host") ?? "")?.[1];
  return port ? `pentimento_session_${port}` : "pentimento_session";
}

/** The session's secret in a request, if it brings one. */
export function sessionOf(request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const start = `${nameFor(request)}=`;
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) || undefined;
}

/** Scripts cannot read it, and other sites cannot send it along. */
export function sessionCookie(request: Request, secret: string): string {
  return cookie(request, secret, sessionDays * 86_400);
}

export function endedCookie(request: Request): string {
  return cookie(request, "", 0);
}

function cookie(request: Request, value: string, seconds: number): string {
  const https =
    request.headers.get("x-forwarded-proto") === "https" || new URL(request.url).protocol === "https:";
  const parts = [`${nameFor(request)}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${seconds}`];
  return [...parts, ...(https ? ["Secure"] : [])].join("; ");
}
