"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { api, client } from "@/lib/api/client";
import { useThrottled } from "./use-throttled";

/** A page says where it is twice within the time after which it counts as closed. */
const heartbeatMs = 30_000;
/** Reviewers see a sample a second; others need not hear of each. */
const subjectMs = 3_000;

interface Other {
  memberId: string;
  name: string;
  place: string;
  subject: string | null;
  /** At the same thing, or else on the same page. */
  same: boolean;
}

const Others = createContext<readonly Other[]>([]);
/** Adds what is on screen to what the page shows; returns how to take it off again. */
const Show = createContext<(subject: string) => () => void>(() => () => {});

/** Says where this page and what it shows is, and knows who else is in the project. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const place = usePathname();
  const [pageId] = useState(() => crypto.randomUUID());
  // What lies over the page was added last.
  const [shown, setShown] = useState<readonly { subject: string }[]>([]);
  const show = useCallback((subject: string) => {
    const entry = { subject };
    setShown((all) => [...all, entry]);
    return () => setShown((all) => all.filter((one) => one !== entry));
  }, []);
  const told = useThrottled(shown.at(-1)?.subject ?? null, subjectMs);
  // A change of anybody's place makes it stale (`components/live`); otherwise it beats.
  const here = useQuery({
    ...api.people.here.queryOptions({
      input: { pageId, place, ...(told && { subject: told }), leaving: false },
    }),
    refetchInterval: heartbeatMs,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: heartbeatMs,
    retry: false,
  });

  // Closing the page is the clean-up; a page that crashes is forgotten after a minute.
  useEffect(() => {
    const leave = () => void client.people.here({ pageId, place, leaving: true }).catch(() => {});
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [pageId, place]);

  return (
    <Show value={show}>
      <Others value={here.data ?? none}>{children}</Others>
    </Show>
  );
}

const none: readonly Other[] = [];

/** Everybody else in the project, once a person. */
export function useOthers(): readonly Other[] {
  return useContext(Others);
}

/** Says what the page shows while several people may look at one thing: `sample:<id>`, `region:<id>`, `anchor:<id>`. */
export function useSubject(subject: string | null): void {
  const show = useContext(Show);
  // What others are told is the external system.
  useEffect(() => (subject ? show(subject) : undefined), [subject, show]);
}

/** Names of those who are at a thing now. */
export function usePeopleAt(subject: string): readonly string[] {
  const others = useOthers();
  return useMemo(
    () => others.filter((other) => other.subject === subject).map(({ name }) => name),
    [others, subject],
  );
}
