import type { EditType } from "@/lib/domain/edit-types";
import { type ImageStage, thresholdsFor } from "@/lib/domain/thresholds";
import type { Prisma } from "../database/client";
import type { RunnableRun } from "./runnable-run";

export const workInclude = { anchor: { include: { image: true } } } satisfies Prisma.EditInclude;

/** An edit with its anchor, as the image stages work on it. */
export type WorkRow = Prisma.EditGetPayload<{ include: typeof workInclude }>;

/** The image stage that an edit is in. */
export function stageOf({ stage }: Pick<WorkRow, "stage">): ImageStage {
  return stage === "region" ? "region" : "freeForm";
}

export function editTypeOf({ editType }: Pick<WorkRow, "editType">): EditType {
  return editType as EditType;
}

/** Names an edit within its run, for its seeds. */
export function editKey(edit: Pick<WorkRow, "ordinal"> & { anchor: { originalSha: string } }): string {
  return `${edit.anchor.originalSha}/${edit.ordinal}`;
}

/** The bounds that the edit's candidates must keep. */
export function boundsOf(run: RunnableRun, edit: Pick<WorkRow, "stage" | "editType">) {
  return thresholdsFor(run.thresholds, stageOf(edit), editTypeOf(edit));
}
