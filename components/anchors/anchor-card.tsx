import { Badge } from "@/components/ui/badge";
import { Picture } from "@/components/ui/picture";
import type { AnchorView } from "@/lib/api/contract/anchors";

export function AnchorCard({ anchor, onOpen }: { anchor: AnchorView; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex h-full w-full flex-col overflow-hidden rounded-lg border border-line bg-panel text-left hover:border-line-strong"
    >
      <Picture
        image={anchor.image}
        // The caption stands below.
        alt={anchor.caption ? "" : anchor.fileName}
        width={220}
        className="aspect-square w-full object-cover"
      />
      <span className="flex flex-1 flex-col gap-1.5 p-3">
        {anchor.caption ? (
          <span className="line-clamp-3 text-[13px]">{anchor.caption}</span>
        ) : (
          <Badge tone="warn">No caption yet</Badge>
        )}
        <span className="mt-auto truncate text-xs text-ink-soft">
          {anchor.image.width} × {anchor.image.height}
          {anchor.turn > 1 && ` · turn ${anchor.turn}`}
          {anchor.licence && ` · ${anchor.licence}`}
        </span>
      </span>
    </button>
  );
}
