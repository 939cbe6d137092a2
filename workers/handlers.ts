import type { Studio } from "@/lib/server/context";
import { failImport, performImport } from "@/lib/server/imports/perform-import";
import type { JobName, JobPayload } from "@/lib/server/queue/contracts";
import { failExport, performExport } from "@/lib/server/releases/perform-export";
import { failRun } from "@/lib/server/runs/fail-run";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { giveUpAnchors, giveUpEdits } from "@/lib/server/runs/give-up";
import { instructAnchors } from "@/lib/server/runs/instruct-anchors";
import { wakeRun } from "@/lib/server/runs/pause-for-outage";
import { startRun } from "@/lib/server/runs/start-run";
import { loadSeeds } from "@/lib/server/seeds/load-seeds";
import { createChoosers } from "./choosers";
import type { Engines } from "./engines";
import { createProviders } from "./providers";

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
  const choosers = createChoosers();
  return {
    import: {
      activity: "importing images",
      run: ({ importId }, { signal }) => performImport(studio, importId, signal),
      giveUp: ({ importId }) => failImport(studio, importId, gaveUp),
    },
    "start-run": {
      activity: "starting a run",
      run: ({ runId }) => startRun(studio, runId),
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
    export: {
      activity: "exporting",
      run: ({ exportId }, { signal }) => performExport(studio, exportId, signal),
      giveUp: ({ exportId }) => failExport(studio, exportId, gaveUp),
    },
  };
}
