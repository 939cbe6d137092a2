"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button";

interface PagesProps {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
  children: ReactNode;
}

/** Fetches the next page shortly before its end comes into view; a button does the same for the keyboard. */
export function InfiniteList({ hasMore, loading, onMore, children }: PagesProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  // The viewport is the external system.
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore || loading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current(), {
      rootMargin: "600px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, loading]);
  return (
    <>
      {children}
      <div ref={end} className="flex justify-center py-6">
        {hasMore && (
          <Button look="quiet" disabled={loading} onClick={onMore}>
            {loading ? "Loading…" : "Show more"}
          </Button>
        )}
      </div>
    </>
  );
}
