"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { EditTypeSelect } from "@/components/edits/edit-type-select";
import { Select } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import { isEditType } from "@/lib/domain/edit-types";
import { ReviewDesk } from "./review-desk";
import type { ReviewFilter } from "./use-review-queue";

/** The reviewer's desk for the samples of a run or an edit type, as the address says. */
export function ReviewPage() {
  const params = useSearchParams();
  const router = useRouter();
  const editType = params.get("type") ?? "";
  const filter: ReviewFilter = { runId: params.get("run"), editType: isEditType(editType) ? editType : null };
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 100 } }));

  const choose = (change: Partial<ReviewFilter>) => {
    const next = { ...filter, ...change };
    const query = new URLSearchParams({
      ...(next.runId && { run: next.runId }),
      ...(next.editType && { type: next.editType }),
    });
    router.replace(`/review?${query}`);
    // The keys belong to the desk again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  return (
    <ReviewDesk
      key={`${filter.runId}/${filter.editType}`}
      filter={filter}
      filters={
        <>
          <Select
            aria-label="Run"
            className="w-44"
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
          <EditTypeSelect
            className="w-48"
            value={filter.editType}
            onChange={(value) => choose({ editType: value })}
          />
        </>
      }
    />
  );
}
