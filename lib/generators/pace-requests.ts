/** Waits before each request so that at most `perMinute` start in a minute, evenly spaced. */
export function paceRequests(perMinute: number): (signal?: AbortSignal) => Promise<void> {
  const intervalMs = 60_000 / perMinute;
  let next = 0;
  return async (signal) => {
    const now = Date.now();
    const start = Math.max(now, next);
    next = start + intervalMs;
    if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
    signal?.throwIfAborted();
  };
}
