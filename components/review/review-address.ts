import { type DrawOrder, drawOrders } from "@/lib/api/contract/review";
import { isEditType } from "@/lib/domain/edit-types";
import type { QueueKind, ReviewFilter } from "./use-review-queue";

const queues: readonly QueueKind[] = ["review", "adjudication", "audit", "returned"];

/** What a desk works through, as its address says; what makes no sense there is left out. */
export function readFilter(params: { get(name: string): string | null }): ReviewFilter {
  const type = params.get("type") ?? "";
  const order = params.get("order") as DrawOrder;
  const queue = params.get("queue") as QueueKind;
  const run = params.get("run") ?? "";
  return {
    runId: /^[0-9a-f-]{36}$/i.test(run) ? run : null,
    editType: isEditType(type) ? type : null,
    order: drawOrders.includes(order) ? order : "oldest",
    queue: queues.includes(queue) ? queue : "review",
    blind: params.get("blind") === "1",
  };
}

/** The address of a desk; what is as usual is left out. */
export function filterHref(page: string, { runId, editType, order, queue, blind }: ReviewFilter): string {
  const query = new URLSearchParams({
    ...(runId && { run: runId }),
    ...(editType && { type: editType }),
    ...(order !== "oldest" && { order }),
    ...(queue !== "review" && { queue }),
    ...(blind && { blind: "1" }),
  }).toString();
  return query ? `${page}?${query}` : page;
}

export function filterKey(filter: ReviewFilter): string {
  return filterHref("", filter);
}
