import { readConfig } from "../config";
import type { Context } from "../context";
import { type EventSource, listenForEvents } from "../events/listen";
import { type ThumbnailCache, thumbnailCache } from "../images/thumbnail-cache";
import { type OpenStudio, openStudio } from "../open-studio";
import { resolveCaller } from "../people/resolve-caller";
import { signInRequired } from "../people/sign-in-required";

interface WebStudio {
  studio: OpenStudio;
  events: EventSource;
  thumbnails: ThumbnailCache;
}

// Next.js may load this module once for each route bundle; the process has one studio.
const holder = globalThis as typeof globalThis & { pentimentoStudio?: Promise<WebStudio> };

/** The web process's connection to database, queue and image store, opened with the first request. */
export function webStudio(): Promise<WebStudio> {
  holder.pentimentoStudio ??= open().catch((error: unknown) => {
    holder.pentimentoStudio = undefined;
    throw error;
  });
  return holder.pentimentoStudio;
}

/**
 * The context of a request, with who sent it.
 * @throws UserError `signed-out`
 */
export async function requestContext(request: Request): Promise<Context> {
  const { studio } = await webStudio();
  const caller = await resolveCaller(studio, request);
  return { studio, caller, signInRequired: signInRequired(request.headers.get("host") ?? "") };
}

async function open(): Promise<WebStudio> {
  const config = readConfig();
  if (!config.databaseUrl) {
    throw new Error("DATABASE_URL is not set: start the studio with `npm start`, which sets it.");
  }
  const studio = await openStudio(config, config.databaseUrl, { name: "pentimento web" });
  return {
    studio,
    events: listenForEvents(config.databaseUrl),
    thumbnails: thumbnailCache(config.dataDir, studio.store),
  };
}
