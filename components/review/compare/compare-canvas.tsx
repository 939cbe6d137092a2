"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type CompareState, type CompareView, createCompareView } from "./compare-view";
import type { ImageCache } from "./image-cache";

interface CompareCanvasProps {
  before: string;
  after: string;
  mask: string | null;
  images: ImageCache;
  state: CompareState;
  /** What the pair shows, for those who cannot see it. */
  label: string;
  /** Gives the page's actions hold of zoom and fit. */
  viewRef: RefObject<CompareView | null>;
  /** The pair that was drawn last, by its `pairKey`; nothing is decided about another. */
  drawn: string | null;
  onDrawn: (pair: string | null) => void;
}

export const pairKey = (before: string, after: string) => `${before} ${after}`;

/** The one place where React and the imperative compare view meet. */
export function CompareCanvas({
  before,
  after,
  mask,
  images,
  state,
  label,
  viewRef,
  drawn,
  onDrawn,
}: CompareCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pair = pairKey(before, after);
  const [failure, setFailure] = useState<{ of: string; message: string } | null>(null);

  // The canvas is the external system of the three effects. A pair that is decoded is drawn before the browser paints
  // the texts about it.
  useLayoutEffect(() => {
    const view = createCompareView(canvas.current!);
    viewRef.current = view;
    return () => {
      viewRef.current = null;
      view.destroy();
    };
  }, [viewRef]);

  useLayoutEffect(() => {
    let current = true;
    const ready = [images.peek(before), images.peek(after)];
    if (ready[0] && ready[1]) {
      const drawnMask = mask ? images.peek(mask) : null;
      viewRef.current?.setPair({ before: ready[0], after: ready[1], mask: drawnMask });
      onDrawn(pair);
      if (!mask || drawnMask) return;
    }
    if (!ready[0] || !ready[1]) {
      viewRef.current?.setPair(null);
      onDrawn(null);
    }
    // A mask that cannot be loaded is no reason to show nothing.
    const masked = mask ? images.load(mask).catch(() => null) : null;
    Promise.all([images.load(before), images.load(after), masked]).then(
      ([first, second, third]) => {
        if (!current) return;
        viewRef.current?.setPair({ before: first, after: second, mask: third });
        onDrawn(pair);
      },
      (error: Error) => current && setFailure({ of: pair, message: error.message }),
    );
    return () => {
      current = false;
    };
  }, [before, after, mask, pair, images, viewRef, onDrawn]);

  useEffect(() => viewRef.current?.setState(state), [state, viewRef]);

  return (
    <div className="relative min-h-0 w-full flex-1" data-testid="pair" aria-busy={drawn !== pair}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="absolute inset-0 h-full w-full touch-none"
      />
      {drawn !== pair && failure?.of !== pair && (
        <p role="status" className="absolute inset-x-0 top-1/2 text-center text-[13px] text-white/75">
          Loading the pair…
        </p>
      )}
      {failure?.of === pair && (
        <p
          role="alert"
          className="absolute inset-x-0 top-1/2 mx-auto w-fit rounded-md bg-bad-soft px-3 py-2 text-bad"
        >
          {failure.message} Skip it, or reload the page to try again.
        </p>
      )}
    </div>
  );
}
