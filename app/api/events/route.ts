import { guarded } from "@/lib/server/api/guarded";
import { requestContext, webStudio } from "@/lib/server/api/studio-instance";

export const dynamic = "force-dynamic";

/** Keeps proxies from closing a quiet stream. */
const keepAliveMs = 20_000;

/** Server-sent events: what changed, the moment it is committed (`lib/api/events.ts`). */
export const GET = guarded(async (request) => {
  await requestContext(request);
  const { events } = await webStudio();
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send("retry: 1000\n\n");
      const unsubscribe = events.subscribe((event) => send(`data: ${JSON.stringify(event)}\n\n`));
      const timer = setInterval(() => {
        send(": still here\n\n");
        // Whose access ended meanwhile hears no more.
        requestContext(request).catch(() => {
          stop();
          controller.close();
        });
      }, keepAliveMs);
      stop = () => {
        clearInterval(timer);
        unsubscribe();
      };
      request.signal.addEventListener("abort", () => {
        stop();
        try {
          controller.close();
        } catch {
          // The reader cancelled the stream first.
        }
      });
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform" },
  });
});
