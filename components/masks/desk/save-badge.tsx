"use client";

import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import type { MaskSync } from "../sync/mask-sync";
import { type SaveStatus, saveStatus } from "../sync/save-status";
import { useStoreState } from "./use-store";

const looks: Record<SaveStatus["kind"], { dot: string; text: string }> = {
  saved: { dot: "bg-good", text: "" },
  saving: { dot: "bg-line-strong", text: "" },
  kept: { dot: "bg-warn", text: "text-warn font-medium" },
  conflict: { dot: "bg-bad", text: "text-bad font-medium" },
  "signed-out": { dot: "bg-bad", text: "text-bad font-medium" },
  refused: { dot: "bg-bad", text: "text-bad font-medium" },
  unkept: { dot: "bg-bad", text: "text-bad font-semibold" },
};

/** Where the newest stroke lies, and a way to try again where that helps. */
export function SaveBadge({ sync }: { sync: MaskSync }) {
  const state = useStoreState(sync);
  const status = saveStatus(state);
  const waits = state.sending.kind === "waiting" ? state.sending.at : null;
  const seconds = useCountdown(waits);
  const canTry = ["kept", "signed-out", "refused", "unkept"].includes(status.kind);
  return (
    <span className="flex items-center gap-2">
      <span
        // What goes well is not said aloud after every stroke.
        role={status.kind === "saved" || status.kind === "saving" ? undefined : "status"}
        data-testid="save-state"
        data-state={status.kind}
        title={status.detail}
        className={classNames("flex items-center gap-1.5", looks[status.kind].text)}
      >
        <span aria-hidden className={classNames("size-2 rounded-full", looks[status.kind].dot)} />
        {status.label}
      </span>
      {canTry && (
        <button
          type="button"
          className="rounded px-1 text-accent underline-offset-2 hover:underline"
          onClick={sync.tryNow}
        >
          {seconds === null ? "Try again" : `Try now (in ${seconds} s)`}
        </button>
      )}
    </span>
  );
}

/** Whole seconds until a time; null without one. */
function useCountdown(at: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  // The clock is the external system.
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
