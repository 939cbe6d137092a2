"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { InfiniteList } from "@/components/ui/infinite-list";
import { api } from "@/lib/api/client";

/** Answers of the instruction provider that could not be used, with what it said. */
export function RunFailures({ runId }: { runId: string }) {
  const failures = useInfiniteQuery(
    api.runs.failures.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: runId, ...(cursor && { cursor }), limit: 30 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = failures.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <details className="mb-4 rounded-xl border border-line bg-panel">
      <summary className="rounded-xl px-5 py-3 font-semibold select-none">
        Answers that could not be used{" "}
        <span className="font-normal text-ink-soft">
          ({items.length}
          {failures.hasNextPage && " and more"})
        </span>
      </summary>
      <div className="max-h-96 overflow-y-auto px-5 pb-2">
        <InfiniteList
          hasMore={failures.hasNextPage}
          loading={failures.isFetchingNextPage}
          onMore={() => failures.fetchNextPage()}
        >
          <ul className="flex flex-col gap-3">
            {items.map(({ id, caption, reason, raw }) => (
              <li key={id}>
                <p>
                  <span className="text-ink-soft">“{caption}”: </span>
                  {reason}
                </p>
                {raw && (
                  <pre className="mt-1 max-h-40 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
                    {raw}
                  </pre>
                )}
              </li>
            ))}
          </ul>
        </InfiniteList>
      </div>
    </details>
  );
}
