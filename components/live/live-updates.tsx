"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { api } from "@/lib/api/client";
import { type LiveEvent, liveEventSchema } from "@/lib/api/events";

const Connected = createContext(true);

/** Whether the studio's stream of events is open. */
export function useConnected(): boolean {
  return useContext(Connected);
}

/** Queries that a topic makes stale. */
const staleKeys: Record<LiveEvent["topic"], () => readonly (readonly unknown[])[]> = {
  anchors: () => [api.anchors.key(), api.chains.key(), api.project.overview.key()],
  imports: () => [api.imports.key(), api.anchors.list.key(), api.project.overview.key()],
  seeds: () => [api.seeds.key(), api.project.overview.key()],
  runs: () => [api.runs.key(), api.chains.waiting.key(), api.project.overview.key()],
  samples: () => [
    api.chains.key(),
    api.samples.list.key(),
    api.samples.get.key(),
    api.samples.counts.key(),
    api.curate.bulks.key(),
    api.calibration.overview.key(),
    api.runs.key(),
    api.project.overview.key(),
  ],
  review: () => [
    api.review.settings.key(),
    api.review.reasons.key(),
    api.review.holders.key(),
    api.review.returned.key(),
  ],
  releases: () => [api.releases.key(), api.project.overview.key()],
  workers: () => [api.project.overview.key()],
  masks: () => [api.masks.list.key(), api.masks.progress.key(), api.seeds.list.key()],
  people: () => [api.people.key()],
};

/** A busy worker sends many events a second; queries refetch at most this often. */
const gatherMs = 400;
/** People move all the time, and every page asks who is where. */
const gatherPeopleMs = 2_000;
const reopenMs = 5_000;

/** Listens to the studio's events and refetches what they made stale. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);

  // The stream is the external system; closing it is the clean-up.
  useEffect(() => {
    const waiting = new Set<LiveEvent["topic"]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let peopleTimer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const keys = new Map(
        [...waiting].flatMap((topic) => staleKeys[topic]()).map((key) => [JSON.stringify(key), key]),
      );
      waiting.clear();
      for (const queryKey of keys.values()) void queries.invalidateQueries({ queryKey });
    };
    let source: EventSource;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const open = () => {
      source = new EventSource("/api/events");
      source.onopen = opened;
      source.onerror = failed;
      source.onmessage = heard;
    };
    const opened = () => {
      setConnected(true);
      // What happened while the stream was down was not told.
      if (lost) void queries.invalidateQueries();
      lost = false;
    };
    const failed = () => {
      lost = true;
      setConnected(false);
      // The browser tries again by itself, but not where it was refused, as without a sign-in.
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(reopening);
        reopening = setTimeout(open, reopenMs);
      }
    };
    // A stream that is open is not told of a network that is gone.
    const wentOffline = () => {
      clearTimeout(reopening);
      source.close();
      lost = true;
      setConnected(false);
    };
    const cameBack = () => {
      source.close();
      open();
    };
    const heard = ({ data }: MessageEvent<string>) => {
      const event = liveEventSchema.safeParse(JSON.parse(data));
      if (!event.success) return;
      if (event.data.topic === "people") {
        peopleTimer ??= setTimeout(() => {
          peopleTimer = undefined;
          void queries.invalidateQueries({ queryKey: api.people.key() });
        }, gatherPeopleMs);
        return;
      }
      waiting.add(event.data.topic);
      timer ??= setTimeout(flush, gatherMs);
    };
    open();
    window.addEventListener("offline", wentOffline);
    window.addEventListener("online", cameBack);
    return () => {
      window.removeEventListener("offline", wentOffline);
      window.removeEventListener("online", cameBack);
      clearTimeout(timer);
      clearTimeout(peopleTimer);
      clearTimeout(reopening);
      source.close();
    };
  }, [queries]);

  return <Connected value={connected}>{children}</Connected>;
}
