import { z } from "zod";

/** What `/api/events` (server-sent events) tells: something changed; ask the API for what it is now. */
export const liveEventSchema = z.object({
  topic: z.enum([
    "anchors",
    "imports",
    "seeds",
    "runs",
    "samples",
    "review",
    "releases",
    "workers",
    "masks",
    "people",
  ]),
  id: z.string().optional(),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;
