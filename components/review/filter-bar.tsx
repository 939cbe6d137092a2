"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { EditTypeSelect } from "@/components/edits/edit-type-select";
import { Button, buttonClass } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import type { DrawOrder } from "@/lib/api/contract/review";
import { filterHref } from "./review-address";
import type { QueueKind, ReviewFilter } from "./use-review-queue";

const orders: Record<DrawOrder, string> = {
  oldest: "Oldest first",
  uncertain: "Uncertain first",
  random: "Random",
  "edit-type": "By edit type",
};

const queues: Record<QueueKind, string> = {
  review: "To review",
  adjudication: "Disagreements",
  audit: "Audits",
  returned: "Sent back to me",
};

/** The bar stays one line on a small screen. */
const small = "h-8! py-1! pl-2! text-[13px]";

interface FilterBarProps {
  filter: ReviewFilter;
  page: "/review" | "/review/batch";
  onHolders?: () => void;
}

/** What is reviewed, in which order, and the ways to the other views. */
export function FilterBar({ filter, page, onHolders }: FilterBarProps) {
  const router = useRouter();
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 100 } }));
  const holders = useQuery({ ...api.review.holders.queryOptions(), refetchInterval: 15_000 });
  const returned = useQuery(api.review.returned.queryOptions({ input: { limit: 50 } })).data;
  const sentBack = returned?.items.length ?? 0;
  const others = (holders.data ?? []).filter(({ mine }) => !mine).length;

  const choose = (change: Partial<ReviewFilter>) => {
    router.replace(filterHref(page, { ...filter, ...change }));
    // The keys belong to the desk again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  return (
    <>
      <div className="w-35">
        <Select
          aria-label="Queue"
          className={small}
          value={filter.queue}
          onChange={({ target }) => choose({ queue: target.value as QueueKind })}
        >
          {Object.entries(queues)
            .filter(([id]) => page === "/review" || id !== "returned")
            .map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
        </Select>
      </div>
      <div className="w-28">
        <Select
          aria-label="Run"
          className={small}
          value={filter.runId ?? ""}
          onChange={({ target }) => choose({ runId: target.value || null })}
        >
          <option value="">All runs</option>
          {runs.data?.items.map((run) => (
            <option key={run.id} value={run.id}>
              {run.name}
            </option>
          ))}
        </Select>
      </div>
      <div className="w-37">
        <EditTypeSelect
          className={small}
          value={filter.editType}
          onChange={(value) => choose({ editType: value })}
        />
      </div>
      <div className="w-36">
        <Select
          aria-label="Order"
          className={small}
          value={filter.order}
          onChange={({ target }) => choose({ order: target.value as DrawOrder })}
        >
          {Object.entries(orders).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <label className="flex items-center gap-1.5 text-[13px]" title="Without scores and run">
        <input
          type="checkbox"
          checked={filter.blind}
          onChange={({ target }) => choose({ blind: target.checked })}
        />
        Blind
      </label>
      {sentBack > 0 && filter.queue !== "returned" && (
        <Link
          href={filterHref("/review", { ...filter, queue: "returned" })}
          title="Samples that wait for your answer"
          className={buttonClass({ size: "small", look: "bad" })}
        >
          {sentBack === 50 ? "50+" : sentBack} sent back
        </Link>
      )}
      <Link
        href={filterHref(page === "/review" ? "/review/batch" : "/review", filter)}
        className={buttonClass({ size: "small", look: "quiet" })}
      >
        {page === "/review" ? "Grid" : "One by one"}
      </Link>
      <Link href="/review/settings" className={buttonClass({ size: "small", look: "quiet" })}>
        Set up
      </Link>
      {onHolders && others > 0 && (
        <Button size="small" look="quiet" onClick={onHolders}>
          {others === 1 ? "1 other here" : `${others} others here`}
        </Button>
      )}
    </>
  );
}
