import type { ChainStrandView, ChainView } from "@/lib/api/contract/chains";
import { presentImage } from "../anchors/present-anchor";
import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentTurn, type TurnRow, turnInclude } from "./present-turn";

/** Chains by the anchor where they began, newest first. Rejected turns that nothing follows are left out. */
export async function listChains(context: Context, input: { cursor?: string | undefined; limit: number }) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const roots = await db.anchor.findMany({
    where: {
      projectId: context.caller.projectId,
      withdrawnAt: null,
      laterTurns: { some: { withdrawnAt: null } },
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: {
      image: true,
      laterTurns: { where: { withdrawnAt: null }, select: { id: true, parentSampleId: true, turn: true } },
    },
  });
  const later = roots.slice(0, input.limit).flatMap((root) => root.laterTurns);
  const parents = later.flatMap(({ parentSampleId }) => (parentSampleId ? [parentSampleId] : []));
  const samples = await db.sample.findMany({
    where: {
      OR: [
        { id: { in: parents } },
        { state: { not: "rejected" }, candidate: { edit: { anchorId: { in: later.map(({ id }) => id) } } } },
      ],
    },
    orderBy: { id: "asc" },
    include: turnInclude,
  });
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  return toPage(
    roots,
    input.limit,
    (root): ChainView => ({
      id: root.id,
      image: presentImage(root.image),
      caption: root.caption,
      strands: strandsOf(root.laterTurns, samples, byId),
    }),
  );
}

interface LaterAnchor {
  id: string;
  parentSampleId: string | null;
  turn: number;
}

/** A strand for each last turn: a sample that nothing follows, or an anchor that nothing was made from yet. */
function strandsOf(
  anchors: readonly LaterAnchor[],
  samples: readonly TurnRow[],
  byId: ReadonlyMap<string, TurnRow>,
): ChainStrandView[] {
  const own = new Set(anchors.map(({ id }) => id));
  const followed = new Set(anchors.map(({ parentSampleId }) => parentSampleId));
  const last = samples.filter(
    (sample) => own.has(sample.candidate.edit.anchorId) && !followed.has(sample.id),
  );
  const used = new Set(samples.map((sample) => sample.candidate.edit.anchorId));
  return [
    ...last.map((sample) => ({ turns: pathTo(sample, byId), waiting: null })),
    ...anchors
      .filter(({ id }) => !used.has(id))
      .map(({ id, parentSampleId, turn }) => ({
        turns: pathTo(parentSampleId ? byId.get(parentSampleId) : undefined, byId),
        waiting: { anchorId: id, turn },
      })),
  ];
}

function pathTo(sample: TurnRow | undefined, byId: ReadonlyMap<string, TurnRow>) {
  const path = [];
  for (let at = sample; at; at = byId.get(at.candidate.edit.anchor.parentSampleId ?? "")) {
    path.unshift(presentTurn(at));
  }
  return path;
}
