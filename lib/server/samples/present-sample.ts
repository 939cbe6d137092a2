import type { SampleView } from "@/lib/api/contract/samples";
import type { EditType } from "@/lib/domain/edit-types";
import { runConfigSchema } from "@/lib/domain/run-config";
import { presentImage } from "../anchors/present-anchor";
import type { Prisma } from "../database/client";
import { madeBy } from "../runs/present-run";
import { scoresOf } from "./scores-of";

export const sampleInclude = {
  run: { select: { name: true, config: true } },
  mask: { include: { png: true } },
  candidate: {
    include: {
      image: true,
      mask: { include: { png: true } },
      render: { include: { image: true, anchor: { include: { image: true } } } },
    },
  },
} satisfies Prisma.SampleInclude;
type SampleRow = Prisma.SampleGetPayload<{ include: typeof sampleInclude }>;

export function presentSample(row: SampleRow): SampleView {
  const { render, image, scores } = row.candidate;
  // People's mask wins over the pipeline's.
  const mask = row.mask ?? row.candidate.mask;
  const { id, runId, candidateId, state, instruction, sourceCaption, targetCaption, textRevision } = row;
  return {
    id,
    runId,
    runName: row.run.name,
    candidateId,
    editType: row.editType as EditType,
    state,
    instruction,
    sourceCaption,
    targetCaption,
    textRevision,
    maskRevision: row.maskRevision,
    scoresStale: textRevision > row.scoredTextRevision || row.maskRevision > row.scoredMaskRevision,
    version: row.version,
    source: presentImage(render.image),
    target: presentImage(image),
    mask: mask && presentImage(mask.png),
    anchor: {
      id: render.anchorId,
      image: presentImage(render.anchor.image),
      origin: render.anchor.origin,
      licence: render.anchor.licence,
    },
    scores: scoresOf(scores),
    madeBy: madeBy(runConfigSchema.parse(row.run.config)),
    createdAt: row.createdAt,
    decidedAt: row.decidedAt,
  };
}
