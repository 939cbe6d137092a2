import { performFit } from "@/lib/server/calibration/fit-model";
import { failRouting, routeSamples } from "@/lib/server/calibration/route-samples";
import type { Studio } from "@/lib/server/context";
import { performEmbedding, performLayout } from "@/lib/server/curate/embed-samples";
import { failBulk, performBulk } from "@/lib/server/curate/perform-bulk";
import { failUndo, performUndo } from "@/lib/server/curate/undo-bulk";
import { failImport, performImport } from "@/lib/server/imports/perform-import";
import type { JobName, JobPayload } from "@/lib/server/queue/contracts";
import { failExport, performExport } from "@/lib/server/releases/perform-export";
import { enqueueRest } from "@/lib/server/runs/enqueue-pending";
import { failRun } from "@/lib/server/runs/fail-run";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { giveUpAnchors, giveUpEdits } from "@/lib/server/runs/give-up";
import { instructAnchors } from "@/lib/server/runs/instruct-anchors";
import { createProviders } from "@/lib/server/runs/instruction-providers";
import { wakeRun } from "@/lib/server/runs/pause-for-outage";
import { startRun } from "@/lib/server/runs/start-run";
import { loadSeeds } from "@/lib/server/seeds/load-seeds";
import { createChoosers } from "./choosers";
import type { Engines } from "./engines";

export interface JobContext {
  signal: AbortSignal;
  /** The queue will not try again. */
  lastAttempt: boolean;
}

export interface JobHandler<N extends JobName> {
  /** What the worker is doing, for people. */
  activity: string;
  run(payload: JobPayload<N>, job: JobContext): Promise<void>;
  /** Called when every attempt failed or ended without an answer, as when the process died: records the failure. */
  giveUp(payload: JobPayload<N>): Promise<void>;
}

export type JobHandlers = { [N in JobName]: JobHandler<N> };

const gaveUp = "It failed or the worker died each time it was tried; see the log.";

/** What to do for each kind of job. */
export function createHandlers(studio: Studio, engines: Engines): JobHandlers {
  const providers = createProviders(studio);
  const choosers = createChoosers(studio);
  return {
    import: {
      activity: "importing images",
      run: ({ importId }, { signal }) => performImport(studio, importId, signal),
      giveUp: ({ importId }) => failImport(studio, importId, gaveUp),
    },
    "start-run": {
      activity: "starting a run",
      run: ({ runId }, { signal }) => startRun(studio, runId, { signal }),
      giveUp: ({ runId }) => failRun(studio, runId, gaveUp),
    },
    "enqueue-run": {
      activity: "enqueuing a run",
      run: (payload, { signal }) => enqueueRest(studio, payload, signal),
      giveUp: ({ runId }) => failRun(studio, runId, gaveUp),
    },
    "wake-run": {
      activity: "going on with a run",
      run: ({ runId }) => wakeRun(studio, runId),
      giveUp: ({ runId }) => failRun(studio, runId, gaveUp),
    },
    instruct: {
      activity: "writing instructions",
      run: (payload, job) =>
        instructAnchors(studio, payload, {
          ...job,
          providerFor: providers,
          seeds: (projectId) => loadSeeds(studio, projectId),
        }),
      giveUp: (payload) => giveUpAnchors(studio, payload, gaveUp),
    },
    generate: {
      activity: "generating pairs",
      run: (payload, job) =>
        generateEdits(studio, payload, { ...job, engineFor: engines.engineFor, chooserFor: choosers }),
      giveUp: (payload) => giveUpEdits(studio, payload, gaveUp),
    },
    "route-samples": {
      activity: "applying an acceptance model",
      run: ({ policyId }, { signal }) => routeSamples(studio, policyId, signal),
      giveUp: ({ policyId }) => failRouting(studio, policyId, gaveUp),
    },
    "perform-bulk": {
      activity: "changing many samples",
      run: ({ bulkId }, { signal }) => performBulk(studio, bulkId, signal),
      giveUp: ({ bulkId }) => failBulk(studio, bulkId, gaveUp),
    },
    "undo-bulk": {
      activity: "taking an action back",
      run: ({ bulkId }, { signal }) => performUndo(studio, bulkId, signal),
      giveUp: ({ bulkId }) => failUndo(studio, bulkId, gaveUp),
    },
    "fit-model": {
      activity: "fitting an acceptance model",
      async run(payload) {
        await performFit(studio, payload);
      },
      // Nothing waits for it but the person who asked, and the page says when no model came.
      giveUp: async () => {},
    },
    "embed-samples": {
      activity: "embedding samples",
      run: ({ projectId }, { signal }) =>
        performEmbedding(studio, projectId, { engineFor: engines.engineFor, signal }),
      giveUp: async () => {},
    },
    "lay-out-map": {
      activity: "laying out the map",
      run: ({ projectId }) => performLayout(studio, projectId),
      giveUp: async () => {},
    },
    export: {
      activity: "exporting",
      run: ({ exportId }, { signal }) => performExport(studio, exportId, signal),
      giveUp: ({ exportId }) => failExport(studio, exportId, gaveUp),
    },
  };
}
