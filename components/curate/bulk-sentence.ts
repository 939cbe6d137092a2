import { countOf } from "@/components/ui/format";
import type { BulkView } from "@/lib/api/contract/curate";

const verbs: Record<Exclude<BulkView["kind"], "policy">, string> = {
  tag: "Tagged",
  untag: "Untagged",
  approve: "Approved",
  reject: "Rejected",
  reopen: "Sent to review:",
};

/** What an action did, or has done so far. */
export function bulkSentence({ kind, changed, left, detail }: BulkView): string {
  const what = kind === "tag" || kind === "untag" ? ` “${detail}”` : "";
  if (kind === "policy") {
    return `Decided by a model (${detail}): ${countOf(changed, "sample")}. ${countOf(left, "was", "were")} left to people.`;
  }
  const rest = left > 0 ? ` ${countOf(left, "was", "were")} left: changed meanwhile, or so already.` : "";
  return `${verbs[kind]} ${countOf(changed, "sample")}${what}.${rest}`;
}
