"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useToasts } from "@/components/ui/toasts";
import { api, client } from "@/lib/api/client";
import { isEmptyMask } from "@/lib/domain/masks/mask-region";
import { maskDeskHref, maskQueueHref } from "../desk-links";
import type { Sitting } from "../sync/open-sitting";
import { afterPaint } from "./after-paint";
import { createDeskController, type DeskController, type Shown } from "./desk-controller";
import { deskSession } from "./desk-session";
import { createSupply, type DeskSource, type InlineDesk, open } from "./desk-source";
import type { RegionSupply, SupplyState } from "./region-supply";
import { settleRegion, type Verdict } from "./settle-region";
import { startFrom } from "./start-from";

export interface DeskParts {
  state: SupplyState<Sitting>;
  desk: DeskController | null;
  shown: Shown | null;
  /** Verdicts that are still on their way to the server. */
  underWay: number;
  finish: () => void;
  skip: (reason: string) => void;
  back: (() => void) | null;
  retry: () => void;
  /** Brings here what the person's other windows hold. */
  takeOver: () => void;
}

const loading: SupplyState<Sitting> = { kind: "loading", current: null };
const never = () => () => {};

/** A desk in a container: its supply of regions, the controller of the one on screen, and the verdicts. */
export function useDesk(
  source: DeskSource,
  container: RefObject<HTMLDivElement | null>,
  inline?: InlineDesk,
): DeskParts {
  const toasts = useToasts();
  const router = useRouter();
  const queries = useQueryClient();
  const [supply, setSupply] = useState<RegionSupply<Sitting> | null>(null);
  const [desk, setDesk] = useState<DeskController | null>(null);
  const [underWay, setUnderWay] = useState(0);
  /** Regions that were decided here, the last one last. */
  const [decided, setDecided] = useState<string[]>([]);
  /** What the server has still to hear of them. */
  const settling = useRef(new Map<string, Promise<void>>());
  const controller = useRef<DeskController | null>(null);
  const firstSource = useRef(source);
  const firstInline = useRef(inline);

  const state = useSyncExternalStore(
    supply?.subscribe ?? never,
    () => supply?.state() ?? loading,
    () => loading,
  );
  const shown = useSyncExternalStore(
    desk?.subscribe ?? never,
    () => desk?.shown() ?? null,
    () => null,
  );

  // The server is the external system: leases are released with the desk.
  useEffect(() => {
    let made: RegionSupply<Sitting> | null = null;
    let gone = false;
    void deskSession().then((session) => {
      if (gone) return;
      made = createSupply(firstSource.current, session);
      setSupply(made);
    });
    return () => {
      gone = true;
      made?.close();
      controller.current?.destroy();
      controller.current = null;
      setDesk(null);
      setSupply(null);
    };
  }, []);

  // The editor is.
  const { current } = state;
  useEffect(() => {
    if (!current || !container.current) return;
    if (controller.current) {
      if (controller.current.shown().sitting !== current) controller.current.show(current);
      return;
    }
    controller.current = createDeskController(container.current, current, {
      problem: (message) => toasts.complain(new Error(message)),
      resumed: () =>
        toasts.say("Strokes that had not reached the server are back. Undo returns to the saved mask."),
    });
    setDesk(controller.current);
    const { startMask } = firstInline.current ?? {};
    if (startMask) startFrom(controller.current, startMask).catch((error) => toasts.complain(error));
  }, [current, container, toasts]);

  const settle = (left: Shown, verdict: Verdict) => {
    const { id } = left.sitting.region;
    setUnderWay((count) => count + 1);
    setDecided((ids) => [...ids.filter((other) => other !== id), id]);
    const told = settleRegion(left, verdict)
      .then(
        () => {},
        (error: unknown) => {
          setDecided((ids) => ids.filter((other) => other !== id));
          toasts.complain(error, {
            label: "Open it",
            run: () => router.push(maskDeskHref({ regionId: id })),
          });
        },
      )
      .finally(() => {
        settling.current.delete(id);
        left.sync.close();
        setUnderWay((count) => count - 1);
        void queries.invalidateQueries({ queryKey: api.masks.progress.key() });
      });
    settling.current.set(id, told);
  };

  const decide = (verdict: Verdict) => {
    if (!desk || !supply || state.kind !== "open") return;
    if (verdict.kind === "finish" && isEmptyMask(desk.editor.peekMask())) {
      toasts.say("The mask is empty: draw the region first, or skip it (N).");
      return;
    }
    if (source.kind === "one") {
      desk.preview.drop();
      settleOne(desk.shown(), verdict);
      return;
    }
    const left = desk.leave();
    supply.advance();
    // Its last strokes and the verdict can wait for the frame that shows the next region.
    afterPaint(() => settle(left, verdict));
  };

  /** A region that was opened by itself stays on screen. */
  const settleOne = (left: Shown, verdict: Verdict) => {
    setUnderWay((count) => count + 1);
    settleRegion(left, verdict)
      .then(async (region) => {
        left.sync.adopt(region);
        await queries.invalidateQueries({ queryKey: api.masks.key() });
        if (inline) return inline.finished(region);
        toasts.say(verdict.kind === "finish" ? "Finished." : "Skipped.", {
          label: "Go on with the queue",
          run: () => router.push(maskQueueHref()),
        });
      })
      .catch((error: unknown) => toasts.complain(error))
      .finally(() => setUnderWay((count) => count - 1));
  };

  const last = decided.at(-1);
  const back = async (id: string) => {
    if (!desk || !supply) return;
    try {
      await settling.current.get(id);
      const region = await client.masks.get({ id });
      const outcome = await client.masks.reopen({ id, version: region.version });
      const opened = await open(outcome.saved ? outcome.region : outcome.conflict);
      const left = state.kind === "open" ? desk.leave() : null;
      setDecided((ids) => ids.filter((other) => other !== id));
      supply.insert(opened);
      if (!left) return;
      // Once its strokes are on the server it may come again.
      await left.sync.settled().catch(() => {});
      left.sync.close();
      supply.again(left.sitting.region.id);
    } catch (error) {
      toasts.complain(error);
    }
  };

  return {
    state,
    desk,
    shown,
    underWay,
    finish: () => decide({ kind: "finish" }),
    skip: (reason) => decide({ kind: "skip", reason }),
    back: inline ? inline.close : source.kind === "queue" && last ? () => void back(last) : null,
    retry: () => supply?.retry(),
    takeOver: () => void supply?.takeOver().catch((error: unknown) => toasts.complain(error)),
  };
}
