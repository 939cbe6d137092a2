"use client";

import { useCallback, useEffect, useState } from "react";
import type { MaskFile } from "@/components/masks/pad/use-pad";
import { keepRegionDraft, loadRegionDraft } from "./region-draft";

/** The region of a seed that is being written, kept in this browser until the seed is saved. */
export function useRegionDraft(place: string) {
  const [region, setRegion] = useState<MaskFile | null>(null);

  // The browser's storage is the external system.
  useEffect(() => {
    let current = true;
    void loadRegionDraft(place).then((kept) => current && setRegion((drawn) => drawn ?? kept));
    return () => {
      current = false;
    };
  }, [place]);

  const change = useCallback(
    (next: MaskFile | null) => {
      setRegion(next);
      void keepRegionDraft(place, next);
    },
    [place],
  );
  const [url, setUrl] = useState<string | null>(null);
  // So are the browser's addresses of files.
  useEffect(() => {
    const made = region && URL.createObjectURL(new Blob([region], { type: "image/png" }));
    setUrl(made);
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [region]);
  return { region, url, change };
}
