import type { RegionMasks } from "@/lib/domain/masks/region-masks";
import { type RegionRecord, regionRecordSchema } from "@/lib/domain/region-record";
import type { InferenceEngine } from "@/lib/inference/types";
import type { ObjectChooser } from "@/lib/instructions/choose-object/object-chooser";
import { humanRegion, recogniseRegion } from "@/lib/stages/recognise-region";
import type { RegionEdit } from "@/lib/stages/region";
import { requireStanding } from "../anchors/require-standing";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { storeMask } from "../images/store-mask";
import type { StoredPicture } from "../images/store-picture";
import { readStoredMask } from "../masks/read-stored-mask";
import { editTypeOf, type WorkRow } from "./edit-work";
import { humanMaskAtSize, humanMaskOf } from "./human-mask";
import { lockStages } from "./lock-stages";
import { endOutages } from "./pause-for-outage";
import type { RunnableRun } from "./runnable-run";

const kinds = ["fine", "box", "contour"] as const;

export interface EditRegion {
  record: RegionRecord;
  /** Null where there is no usable region; the record says why. */
  region: { masks: RegionMasks; origin: RegionEdit["origin"]; authorId: string | null } | null;
}

/**
 * The region of an edit: as people drew it, else as it was recognised and stored before, else recognised now. What was
 * found is committed before anything is drawn, so that a worker that dies repeats none of it.
 */
export async function regionOfEdit(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  anchor: RegionEdit["anchor"],
  tools: { engine: InferenceEngine; chooser(): Promise<ObjectChooser>; signal: AbortSignal },
): Promise<EditRegion> {
  const drawn = await humanMaskOf(studio.db, edit);
  if (drawn) {
    const outcome = humanRegion(await humanMaskAtSize(studio, drawn, anchor));
    await commitRegion(studio, run, edit, anchor, outcome);
    const masks = outcome.masks;
    return {
      record: outcome.record,
      region: masks && { masks, origin: "human", authorId: drawn.authorId },
    };
  }
  const known = await storedRegion(studio, edit);
  if (known) return known;
  const { engine, signal } = tools;
  const outcome = await recogniseRegion(
    engine,
    { key: `${anchor.sha256} ${anchor.crop.join(",")}`, image: anchor.image },
    { ...edit, editType: editTypeOf(edit) },
    { stage: run.config.region, chooser: await tools.chooser(), signal },
  );
  await commitRegion(studio, run, edit, anchor, outcome);
  return usable(outcome.record, outcome.masks);
}

function usable(record: RegionRecord, masks: RegionMasks | null): EditRegion {
  if (record.problem || !masks || record.origin === "none") return { record, region: null };
  return { record, region: { masks, origin: record.origin, authorId: null } };
}

async function storedRegion(studio: Studio, edit: WorkRow): Promise<EditRegion | null> {
  if (!edit.region) return null;
  const record = regionRecordSchema.parse(edit.region);
  // A drawn mask that has been taken back since leaves nothing to go by.
  if (record.origin === "human") return null;
  const rows = await studio.db.mask.findMany({
    where: { editId: edit.id, kind: { in: [...kinds] } },
    orderBy: { id: "asc" },
  });
  const newest = new Map(rows.map((row) => [row.kind, row.pngSha]));
  const [fine, box, contour] = kinds.map((kind) => newest.get(kind));
  if (!fine || !box || !contour) return usable(record, null);
  const masks = {
    fine: await readStoredMask(studio, fine),
    box: await readStoredMask(studio, box),
    contour: await readStoredMask(studio, contour),
  };
  return usable(record, masks);
}

async function commitRegion(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  anchor: RegionEdit["anchor"],
  { record, masks }: { record: RegionRecord; masks: RegionMasks | null },
): Promise<void> {
  const stored: { kind: (typeof kinds)[number]; picture: StoredPicture }[] = [];
  // Of a person's mask only the drawing itself counts.
  if (masks && record.origin !== "human") {
    for (const kind of kinds) stored.push({ kind, picture: await storeMask(studio.store, masks[kind]) });
  }
  await inTransaction(studio.db, async (tx) => {
    await requireStanding(tx, edit.anchorId);
    await lockStages(tx, run.id);
    const { count } = await tx.edit.updateMany({
      where: { id: edit.id, state: "pending", stage: "region" },
      data: { region: record },
    });
    if (count === 0) return;
    await endOutages(tx, run.id);
    await tx.image.createMany({ data: stored.map(({ picture }) => picture), skipDuplicates: true });
    const rows = await tx.mask.findMany({ where: { editId: edit.id }, select: { kind: true, pngSha: true } });
    await tx.mask.createMany({
      data: stored
        .filter(({ kind, picture }) =>
          rows.every((row) => row.kind !== kind || row.pngSha !== picture.sha256),
        )
        .map(({ kind, picture }) => ({
          imageSha: anchor.sha256,
          pngSha: picture.sha256,
          editId: edit.id,
          kind,
          crop: anchor.crop,
        })),
    });
    await notify(tx, { topic: "runs", id: run.id });
  });
}
