import type { RegionView } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import { withdrawnError } from "../anchors/require-standing";
import { type Context, requireAbility } from "../context";
import { presentRegion, regionInclude } from "./present-region";
import { requireDrawingOnSample } from "./require-drawing";

export type RegionTarget =
  | { editId: string }
  | { seedId: string }
  | { sampleId: string }
  | { anchorId: string }
  | { imageSha: string };

/** What a new region is made of, besides the project. */
interface RegionFacts {
  kind: "edit" | "seed" | "sample" | "anchor";
  subjectId: string;
  imageSha: string;
  anchorId: string;
  editId?: string;
  seedId?: string;
  sampleId?: string;
  runId?: string;
  editType?: string;
}

/**
 * The region of an edit, a seed, a sample or an anchor, made when somebody opens it for the first time. Opening puts
 * nothing into the queue: drawing on it does.
 */
export async function openRegion(context: Context, target: RegionTarget): Promise<RegionView> {
  if ("sampleId" in target) await requireDrawingOnSample(context, target.sampleId);
  else requireAbility(context, "annotate");
  const { db } = context.studio;
  const facts = await factsOf(context, target);
  const { withdrawnAt } = await db.anchor.findUniqueOrThrow({ where: { id: facts.anchorId } });
  if (withdrawnAt) throw withdrawnError();
  const key = { kind_subjectId: { kind: facts.kind, subjectId: facts.subjectId } };
  await db.region.createMany({
    data: [{ projectId: context.caller.projectId, ...facts, queued: false }],
    skipDuplicates: true,
  });
  const row = await db.region.findUniqueOrThrow({ where: key, include: regionInclude });
  return presentRegion(row, { memberId: context.caller.memberId });
}

async function factsOf(context: Context, target: RegionTarget): Promise<RegionFacts> {
  if ("editId" in target) return editFacts(context, target.editId);
  if ("seedId" in target) return seedFacts(context, target.seedId);
  if ("sampleId" in target) return sampleFacts(context, target.sampleId);
  const { db } = context.studio;
  const { projectId } = context.caller;
  const anchor = await db.anchor.findFirst({
    where: { projectId, ...("anchorId" in target ? { id: target.anchorId } : { imageSha: target.imageSha }) },
    orderBy: { id: "asc" },
  });
  if (!anchor) throw missing("anchor", "anchorId" in target ? target.anchorId : target.imageSha);
  return { kind: "anchor", subjectId: anchor.id, anchorId: anchor.id, imageSha: anchor.imageSha };
}

async function editFacts({ studio, caller }: Context, id: string): Promise<RegionFacts> {
  const edit = await studio.db.edit.findUnique({
    where: { id, projectId: caller.projectId },
    include: { anchor: true },
  });
  if (!edit) throw missing("edit", id);
  const { anchorId, runId, editType, anchor } = edit;
  return { kind: "edit", subjectId: id, editId: id, anchorId, imageSha: anchor.imageSha, runId, editType };
}

async function seedFacts({ studio, caller }: Context, id: string): Promise<RegionFacts> {
  const seed = await studio.db.seed.findUnique({
    where: { id, projectId: caller.projectId },
    include: { anchor: true },
  });
  if (!seed) throw missing("seed", id);
  const { anchor, editType } = seed;
  if (!anchor) {
    throw new UserError(
      "bad-input",
      "This seed has no image, so there is nothing to draw a region on.",
      "seedId",
    );
  }
  return {
    kind: "seed",
    subjectId: id,
    seedId: id,
    anchorId: anchor.id,
    imageSha: anchor.imageSha,
    editType,
  };
}

/** A sample's region is drawn on its source image, which is what the edited image must agree with. */
async function sampleFacts({ studio, caller }: Context, id: string): Promise<RegionFacts> {
  const sample = await studio.db.sample.findUnique({
    where: { id, projectId: caller.projectId },
    include: { candidate: { include: { render: true } } },
  });
  if (!sample) throw missing("sample", id);
  const { runId, editType, candidate } = sample;
  const { anchorId, imageSha } = candidate.render;
  return { kind: "sample", subjectId: id, sampleId: id, anchorId, imageSha, runId, editType };
}

function missing(what: string, id: string): UserError {
  return new UserError("not-found", `There is no ${what} ${id} in this project.`, `${what}Id`);
}
