import { readConfig } from "../config";
import type { Context } from "../context";
import { type EventSource, listenForEvents } from "../events/listen";
import { type ThumbnailCache, thumbnailCache } from "../images/thumbnail-cache";
import { type OpenStudio, openStudio } from "../open-studio";

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

/** The context of a request. Everybody who reaches the loopback address is the owner. */
export async function requestContext(): Promise<Context> {
  const { studio } = await webStudio();
  return { studio, caller: studio.owner };
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
