"use client";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { MaskSync } from "../sync/mask-sync";
import { saveStatus } from "../sync/save-status";
import type { Lost } from "./region-supply";
import { useStoreState } from "./use-store";

interface TroubleBannerProps {
  sync: MaskSync;
  lost: Lost;
  onTakeOver: () => void;
}

const holds: Record<NonNullable<Lost>, string> = {
  you: "Your other window has this region, or had it when it was closed. You can draw on; if you save in both, you are asked which mask to keep.",
  others:
    "Somebody else has this region now. You can draw on; if both of you save, you are asked which mask to keep.",
};

/** What keeps strokes from the server and needs a person; nothing while all is well or heals by itself. */
export function TroubleBanner({ sync, lost, onTakeOver }: TroubleBannerProps) {
  const status = saveStatus(useStoreState(sync));
  const grave = status.kind === "signed-out" || status.kind === "refused" || status.kind === "unkept";
  if (!grave && !lost) return null;
  return (
    <div
      role="alert"
      className={classNames(
        "absolute inset-x-3 top-3 z-10 flex flex-wrap items-center gap-3 rounded-lg border px-4 py-2.5 shadow-lg",
        grave ? "border-bad/40 bg-bad-soft text-bad" : "border-warn/40 bg-warn-soft text-warn",
      )}
    >
      <p className="min-w-0 flex-1">{grave ? status.detail : lost && holds[lost]}</p>
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
      {!grave && lost === "you" && (
        <Button size="small" onClick={onTakeOver}>
          Take over
        </Button>
      )}
      {grave && (
        <Button size="small" onClick={sync.tryNow}>
          Try again
        </Button>
      )}
    </div>
  );
}
