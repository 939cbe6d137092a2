import { formatCount } from "@/components/ui/format";
import type { BulkView } from "@/lib/api/contract/curate";

const verbs: Record<BulkView["kind"], string> = {
  tag: "Tagged",
  untag: "Untagged",
  approve: "Approved",
  reject: "Rejected",
  reopen: "Sent to review:",
  policy: "Decided by a model:",
};

/** What an action did, or has done so far. */
export function bulkSentence({ kind, changed, left, detail }: BulkView): string {
  const what = kind === "tag" || kind === "untag" ? ` “${detail}”` : "";
  const rest = left > 0 ? ` ${formatCount(left)} were left: changed meanwhile, or so already.` : "";
  return `${verbs[kind]} ${formatCount(changed)} samples${what}.${rest}`;
}
