"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { imageUrl } from "@/components/ui/picture";
import { useToasts } from "@/components/ui/toasts";
import { createDrawing, type Drawing } from "../desk/drawing";
import { maskCodec } from "../desk/mask-work";
import { prepareImage } from "../engine/prepare-image";

/** 8-bit grey PNG of its image's size, white where the image may change. */
export type MaskFile = Uint8Array<ArrayBuffer>;

export interface PadUse {
  /** SHA-256 of the image. */
  imageSha: string;
  /** What the picture shows, for those who cannot see it. */
  label: string;
  /** The mask to begin with; null is an empty one. */
  start: MaskFile | null;
  /** The mask after a change, once the hand rests; null when nothing is left of it. */
  onChange: (mask: MaskFile | null) => void;
  /** Gives the owner the mask as it is at this moment. */
  handle: RefObject<PadHandle | null>;
}

export interface PadHandle {
  read(): Promise<MaskFile | null>;
}

/** A mask is written down once nobody has drawn for so long. */
const restMs = 250;

/** A drawing in a container, begun when image and mask are there. What is drawn is told to the owner, who keeps it. */
export function usePad(container: RefObject<HTMLDivElement | null>, use: PadUse) {
  const toasts = useToasts();
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(use);
  latest.current = use;

  // The editor is the external system; the last strokes are written down when it goes.
  useEffect(() => {
    const aborter = new AbortController();
    let end = () => {};
    const begin = async () => {
      const { imageSha, label, start, handle } = latest.current;
      const [image, mask] = await Promise.all([
        prepareImage(imageUrl(imageSha), aborter.signal),
        start && maskCodec.decode(start.slice()),
      ]);
      if (aborter.signal.aborted || !container.current) return image.close();
      const fits = mask?.width === image.width && mask.height === image.height;
      const made = createDrawing(container.current, {
        ...{ image, label },
        mask: fits ? mask : null,
        imageSha: () => imageSha,
        problem: (message) => toasts.complain(new Error(message)),
      });
      made.segmenter.setImage(imageSha);
      const read = async () => {
        const drawn = made.editor.getMask();
        return drawn.data.some((level) => level > 0) ? maskCodec.encode(drawn) : null;
      };
      const write = () => {
        timer = undefined;
        const { onChange } = latest.current;
        read().then(onChange, (problem: unknown) => toasts.complain(problem));
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = made.editor.on("commit", () => {
        clearTimeout(timer);
        timer = setTimeout(write, restMs);
      });
      end = () => {
        stop();
        handle.current = null;
        if (timer !== undefined) write();
        clearTimeout(timer);
        made.destroy();
        image.close();
      };
      handle.current = { read };
      setDrawing(made);
      container.current.querySelector<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
    };
    begin().catch((problem: unknown) => !aborter.signal.aborted && setError(problem));
    return () => {
      aborter.abort();
      end();
    };
  }, [container, toasts]);

  return { drawing, error };
}
