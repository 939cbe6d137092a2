"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { api, client } from "@/lib/api/client";
import { initialsOf } from "./member-badge";

/** A page says where it is twice within the time after which it counts as closed. */
const heartbeatMs = 30_000;

/**
 * Says where this page is, and shows who else is there.
 * @param subject what the page shows, where several people may look at one thing: `sample:<id>`, `region:<id>`
 */
export function Presence({ subject }: { subject?: string }) {
  const place = usePathname();
  const [pageId] = useState(() => crypto.randomUUID());
  const input = { pageId, place, ...(subject && { subject }), leaving: false };
  // A change of anybody's place makes it stale (`components/live`); otherwise it beats.
  const here = useQuery({
    ...api.people.here.queryOptions({ input }),
    refetchInterval: heartbeatMs,
    staleTime: 0,
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

  const others = here.data ?? [];
  const same = others.filter((other) => other.same);
  if (same.length === 0) return null;
  const text = `${same.map(({ name }) => name).join(", ")} ${same.length === 1 ? "is" : "are"} here too`;
  return (
    <div role="status" aria-label={text} title={text} className="flex items-center -space-x-1.5">
      {same.slice(0, 4).map(({ memberId, name }) => (
        <span
          key={memberId}
          aria-hidden
          className={classNames(
            "flex size-6 items-center justify-center rounded-full border-2 border-panel bg-accent-soft",
            "text-[11px] font-semibold text-accent",
          )}
        >
          {initialsOf(name)}
        </span>
      ))}
      {same.length > 4 && <span className="pl-3 text-xs text-ink-soft">and {same.length - 4} more</span>}
    </div>
  );
}
