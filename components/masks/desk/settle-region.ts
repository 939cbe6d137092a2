import { client } from "@/lib/api/client";
import type { RegionView, SaveOutcome } from "@/lib/api/contract/masks";
import type { Shown } from "./desk-controller";

export type Verdict = { kind: "finish" } | { kind: "skip"; reason: string };

const pauseMs = 3000;

/**
 * Records a verdict once every stroke of the region is on the server. Goes on trying while the server is down.
 * @throws an error with a sentence when a person has to look at it again
 */
export async function settleRegion({ sync, since }: Shown, verdict: Verdict): Promise<RegionView> {
  const elapsedMs = Math.max(0, Date.now() - since);
  const { id, version } = await sync.settled();
  const outcome = await patiently(() =>
    verdict.kind === "finish"
      ? client.masks.finish({ id, version, elapsedMs })
      : client.masks.skip({ id, version, reason: verdict.reason }),
  );
  if (outcome.saved) return outcome.region;
  throw new Error("Somebody else has changed this region meanwhile. Look at it again before it is finished.");
}

async function patiently(ask: () => Promise<SaveOutcome>): Promise<SaveOutcome> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      // `fetch` fails with a TypeError when nobody answers.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }
}
