import { formatCount } from "@/components/ui/format";

/** What came of filling the queue. */
export function queuedSentence(added: number): string {
  if (added === 0) return "All of them are in the queue already, or done.";
  return added === 1
    ? "1 region more is in the queue."
    : `${formatCount(added)} regions more are in the queue.`;
}
