"use client";

import { Button } from "@/components/ui/button";
import type { MaskSync } from "../sync/mask-sync";
import { saveStatus } from "../sync/save-status";
import { useStoreState } from "./use-store";

interface TroubleBannerProps {
  sync: MaskSync;
  /** Somebody else has this region now. */
  lost: boolean;
}

/** What keeps strokes from the server and needs a person; nothing while all is well or heals by itself. */
export function TroubleBanner({ sync, lost }: TroubleBannerProps) {
  const status = saveStatus(useStoreState(sync));
  const grave = status.kind === "signed-out" || status.kind === "refused" || status.kind === "unkept";
  if (!grave && !lost) return null;
  return (
    <div
      role="alert"
      className="absolute inset-x-3 top-3 z-10 flex flex-wrap items-center gap-3 rounded-lg border border-bad/40 bg-bad-soft px-4 py-2.5 text-bad shadow-lg"
    >
      <p className="min-w-0 flex-1">
        {grave
          ? status.detail
          : "Your hold on this region has ended and somebody else has it now. You can draw on; if both of you save, you are asked which to keep."}
      </p>
      {status.kind === "signed-out" && (
        <a
          href="/sign-in"
          target="_blank"
          rel="noreferrer"
          className="font-medium underline underline-offset-2"
        >
          Sign in (new tab)
        </a>
      )}
      {grave && (
        <Button size="small" onClick={sync.tryNow}>
          Try again
        </Button>
      )}
    </div>
  );
}
