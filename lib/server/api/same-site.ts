/**
 * Whether a request comes from the studio's own pages or from a program, and not from another web site that the
 * browser has open (CSRF), nor through a foreign name that resolves to this machine (DNS rebinding).
 */
export function isTrusted(request: Request): boolean {
  const host = request.headers.get("host") ?? "";
  if (!isLocalName(host) && !allowedHosts().includes(host.toLowerCase())) return false;
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  return !origin || safeHost(origin) === host.toLowerCase();
}

/** Whether a host (with or without its port) names this machine itself. */
export function isLocalName(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return name === "localhost" || name === "127.0.0.1" || name === "[::1]";
}

/** Hosts (`name` or `name:port`) behind which a proxy serves the studio, from `PENTIMENTO_HOSTS`. */
function allowedHosts(): string[] {
  return (process.env.PENTIMENTO_HOSTS ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
}

function safeHost(origin: string): string | null {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return null;
  }
}
