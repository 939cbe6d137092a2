import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { bulkKinds, SampleCount } from "@/lib/api/contract/curate";
import { countText } from "./bulk-target";

type Kind = (typeof bulkKinds)[number];

/** Asks once before an action on everything that fits: it may be millions. */
export function EverythingDialog({
  kind,
  tag,
  count,
  onClose,
  onYes,
}: {
  /** The action that waits for a yes; null where none does. */
  kind: Kind | null;
  tag: string;
  count: SampleCount | undefined;
  onClose: () => void;
  onYes: (kind: Kind) => void;
}) {
  return (
    <Dialog title={kind ? titleOf(kind, tag) : ""} open={kind !== null} onClose={onClose}>
      <p>
        {count ? `That is ${countText(count)} samples now. ` : ""}A worker goes through them from new to old
        and changes each only if it still fits when its turn comes. Samples made after it began are left
        alone.
      </p>
      <p className="text-[13px] text-ink-soft">
        Under Actions you see how far it is, can stop it, and take all of it back.
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" onClick={() => kind && onYes(kind)} autoFocus>
          {kind ? labelOf(kind) : ""}
        </Button>
      </div>
    </Dialog>
  );
}

function labelOf(kind: Kind): string {
  return {
    tag: "Tag",
    untag: "Untag",
    approve: "Approve",
    reject: "Reject",
    reopen: "Send to review",
  }[kind];
}

function titleOf(kind: Kind, tag: string): string {
  if (kind === "tag") return `Tag everything that fits with “${tag}”?`;
  if (kind === "untag") return `Take “${tag}” off everything that fits?`;
  if (kind === "reopen") return "Send everything that fits to review?";
  return `${labelOf(kind)} everything that fits?`;
}
