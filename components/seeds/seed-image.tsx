import dynamic from "next/dynamic";
import type { RefObject } from "react";
import type { PadHandle } from "@/components/masks/pad/use-pad";
import { Button } from "@/components/ui/button";
import { Picture } from "@/components/ui/picture";
import type { AnchorView } from "@/lib/api/contract/anchors";
import { RegionOverlay } from "./seed-region";
import type { useRegionDraft } from "./use-region-draft";

// Few seeds have a region, and the editor is large.
const MaskPad = dynamic(() => import("@/components/masks/pad/mask-pad").then((module) => module.MaskPad), {
  ssr: false,
});

interface SeedImageProps {
  anchor: AnchorView;
  region: ReturnType<typeof useRegionDraft>;
  drawing: boolean;
  pad: RefObject<PadHandle | null>;
  onLeave: () => void;
}

/** The picture that a seed is written on, with the seed's region; in its place the pad while that is drawn. */
export function SeedImage({ anchor, region, drawing, pad, onLeave }: SeedImageProps) {
  if (drawing) {
    return (
      <>
        <MaskPad
          imageSha={anchor.image.sha256}
          label={`The region of the edit, over: ${anchor.caption}`}
          start={region.region}
          onChange={region.change}
          handle={pad}
          onLeave={onLeave}
          className="flex h-[68vh] min-h-96 flex-col overflow-hidden rounded-lg border border-line"
        />
        <p className="mt-2 text-[13px] text-ink-soft">
          Paint what the edit may change. Without a mouse: arrows move the pointer, D presses. Delete clears,
          Escape leads back to the text.
        </p>
      </>
    );
  }
  return (
    <figure>
      <div className="relative overflow-hidden rounded-lg">
        <Picture
          image={anchor.image}
          alt={anchor.caption}
          className="max-h-[65vh] w-full object-contain"
          eager
        />
        {region.url && <RegionOverlay url={region.url} fit="contain" />}
      </div>
      <figcaption className="mt-2 text-[13px] text-ink-soft">
        {anchor.caption}
        {anchor.otherCaptions.length > 0 && ` (${anchor.otherCaptions.length} more captions)`}
      </figcaption>
      {region.region && (
        <p className="mt-1 flex items-center gap-2 text-[13px]">
          The coloured region is saved with the seed.
          <Button size="small" look="quiet" onClick={() => region.change(null)}>
            Remove it
          </Button>
        </p>
      )}
    </figure>
  );
}
