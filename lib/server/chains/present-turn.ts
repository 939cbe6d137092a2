import type { ChainTurnView } from "@/lib/api/contract/chains";
import { presentImage } from "../anchors/present-anchor";
import type { Prisma } from "../database/client";

export const turnInclude = {
  candidate: {
    select: {
      image: true,
      render: { select: { image: true } },
      edit: { select: { anchorId: true, anchor: { select: { turn: true, parentSampleId: true } } } },
    },
  },
} satisfies Prisma.SampleInclude;
export type TurnRow = Prisma.SampleGetPayload<{ include: typeof turnInclude }>;

export function presentTurn(row: TurnRow): ChainTurnView {
  const { image, render, edit } = row.candidate;
  return {
    sampleId: row.id,
    turn: edit.anchor.turn,
    instruction: row.instruction,
    state: row.state,
    source: presentImage(render.image),
    target: presentImage(image),
  };
}
