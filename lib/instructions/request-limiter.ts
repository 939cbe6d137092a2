/** Runs tasks at most `concurrent` at a time and starts at most one per `intervalMs`. */
export type RequestLimiter = { run<T>(task: () => Promise<T>): Promise<T> };

/** `requestsPerMinute` spaces starts evenly; leave it out for no spacing. */
export function createRequestLimiter(options: {
  concurrent: number;
  requestsPerMinute?: number;
}): RequestLimiter {
  const intervalMs = options.requestsPerMinute === undefined ? 0 : 60_000 / options.requestsPerMinute;
  let running = 0;
  let nextStart = 0;
  const waiting: (() => void)[] = [];
  const acquire = async (): Promise<void> => {
    if (running >= options.concurrent) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    const now = Date.now();
    const start = Math.max(now, nextStart);
    nextStart = start + intervalMs;
    if (start > now) await new Promise<void>((resolve) => setTimeout(resolve, start - now));
  };
  const release = (): void => {
    const next = waiting.shift();
    // The place is handed on, so the count stays.
    if (next === undefined) running--;
    else next();
  };
  return {
    async run(task) {
      await acquire();
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
