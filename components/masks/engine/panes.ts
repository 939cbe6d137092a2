import type { ViewSettings } from "./mask-editor";
import type { Point, Size } from "./viewport";

/** A part of the stage that shows the image (or its result) with the mask; CSS pixels. */
export interface Pane {
  readonly shows: "before" | "after";
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** CSS pixels between two panes. */
const gap = 6;

/** All panes are of one size, so that one view serves them. */
export function layOutPanes(wanted: ViewSettings["panes"], stage: Size, hasAfter: boolean): Pane[] {
  const { width, height } = stage;
  if (wanted !== "both" || !hasAfter) {
    return [
      { shows: hasAfter ? (wanted === "after" ? "after" : "before") : "before", left: 0, width, height },
    ];
  }
  const half = Math.max(1, Math.floor((width - gap) / 2));
  return [
    { shows: "before", left: 0, width: half, height },
    { shows: "after", left: half + gap, width: half, height },
  ];
}

/** The pane under a point of the stage; between two panes, the nearer. */
export function paneAt(panes: readonly Pane[], { x }: Point): Pane {
  return panes.findLast((pane, i) => i === 0 || x >= pane.left - gap / 2)!;
}
