import { recipeSchema } from "@/lib/domain/recipe";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { ExportRow, SplitName } from "@/lib/export/export-row";
import type { Studio } from "../context";
import type { Prisma } from "../database/client";
import { madeBy } from "../runs/present-run";
import { scoresOf } from "../samples/scores-of";

const include = {
  sample: {
    include: {
      run: { select: { config: true } },
      decisions: { orderBy: { id: "desc" }, include: { actor: true } },
      candidate: {
        include: { edit: true, mask: true, render: { include: { anchor: true } } },
      },
    },
  },
} satisfies Prisma.ReleaseSampleInclude;
type Row = Prisma.ReleaseSampleGetPayload<{ include: typeof include }>;

const pageSize = 100;

/** Rows of a release in the order of their samples, with their images, a page at a time. Withdrawn anchors are left out. */
export async function* exportRows(studio: Studio, releaseId: string): AsyncGenerator<ExportRow> {
  for (let last: string | undefined; ; ) {
    const rows = await studio.db.releaseSample.findMany({
      where: {
        releaseId,
        sample: { candidate: { render: { anchor: { withdrawnAt: null } } } },
        ...(last && { sampleId: { gt: last } }),
      },
      orderBy: { sampleId: "asc" },
      take: pageSize,
      include,
    });
    for (const row of rows) yield await toExportRow(studio, row);
    last = rows.at(-1)?.sampleId;
    if (rows.length < pageSize) return;
  }
}

async function toExportRow({ store }: Studio, row: Row): Promise<ExportRow> {
  const { sample } = row;
  const { candidate } = sample;
  const { anchor } = candidate.render;
  const recipe = recipeSchema.parse(candidate.recipe);
  const makers = madeBy(runConfigSchema.parse(sample.run.config));
  const undone = new Set(sample.decisions.map((decision) => decision.undoesId));
  const decision = sample.decisions.find(({ id, kind }) => kind !== "undo" && !undone.has(id));
  return {
    id: sample.id,
    inputImage: await store.read(candidate.render.imageSha),
    editedImage: await store.read(candidate.imageSha),
    maskImage: candidate.mask ? await store.read(candidate.mask.pngSha) : null,
    editPrompt: row.instruction,
    sourceCaption: row.sourceCaption,
    targetCaption: row.targetCaption,
    editType: sample.editType,
    editObject: candidate.edit.editObject,
    scores: scoresOf(candidate.scores),
    seed: recipe.seed,
    steps: recipe.steps,
    strength: recipe.strength,
    guidance: recipe.guidance,
    crossThreshold: recipe.control.cross,
    selfThreshold: recipe.control.self,
    maskKind: candidate.mask ? (candidate.mask.kind === "human" ? "drawn" : candidate.mask.kind) : "none",
    modelPack: `${recipe.pack.name} ${recipe.pack.version}`,
    modelPackSha256: recipe.pack.hash,
    generator: makers.images,
    instructionSource: makers.instructions,
    licence: anchor.licence,
    attribution: anchor.attribution,
    sourceUrl: anchor.sourceUrl,
    anchorSha256: anchor.originalSha,
    decision: decision ? (decision.kind === "approve" ? "approved" : "rejected") : "unreviewed",
    reviewer: decision?.actor.name ?? null,
    split: row.split as SplitName,
    chainId: null,
    turnIndex: 0,
    recipe,
  };
}
