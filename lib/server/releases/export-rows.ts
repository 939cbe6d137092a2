import type { EditType } from "@/lib/domain/edit-types";
import { type AnyRecipe, anyRecipeSchema } from "@/lib/domain/endpoint-recipe";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { ExportRow, SplitName } from "@/lib/export/export-row";
import { objectOfTexts } from "@/lib/instructions/choose-object/object-of-texts";
import type { Studio } from "../context";
import type { Prisma } from "../database/client";
import { madeBy } from "../runs/present-run";
import { scoresOf } from "../samples/scores-of";
import { type ChainPlace, chainsOfRelease } from "./chains-of-release";

const include = {
  sample: {
    include: {
      run: { select: { config: true } },
      decisions: { orderBy: { id: "desc" }, include: { actor: true } },
      mask: true,
      candidate: {
        include: {
          edit: true,
          mask: true,
          render: { include: { anchor: { include: { rootAnchor: true } } } },
        },
      },
    },
  },
} satisfies Prisma.ReleaseSampleInclude;
type Row = Prisma.ReleaseSampleGetPayload<{ include: typeof include }>;

const pageSize = 100;

/** Rows of a release in the order of their samples, with their images, a page at a time. Withdrawn anchors are left out. */
export async function* exportRows(studio: Studio, releaseId: string): AsyncGenerator<ExportRow> {
  const chainOf = await chainsOfRelease(studio.db, releaseId);
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
    for (const row of rows) yield await toExportRow(studio, row, chainOf(row.sampleId));
    last = rows.at(-1)?.sampleId;
    if (rows.length < pageSize) return;
  }
}

async function toExportRow({ store }: Studio, row: Row, chain: ChainPlace): Promise<ExportRow> {
  const { sample } = row;
  const { candidate } = sample;
  const { anchor } = candidate.render;
  // People's mask wins over the pipeline's.
  const mask = sample.mask ?? candidate.mask;
  const recipe = anyRecipeSchema.parse(candidate.recipe);
  const makers = madeBy(runConfigSchema.parse(sample.run.config));
  const undone = new Set(sample.decisions.map((decision) => decision.undoesId));
  const decision = sample.decisions.find(({ id, kind }) => kind !== "undo" && !undone.has(id));
  return {
    id: sample.id,
    inputImage: await store.read(candidate.render.imageSha),
    editedImage: await store.read(candidate.imageSha),
    maskImage: mask ? await store.read(mask.pngSha) : null,
    editPrompt: row.instruction,
    sourceCaption: row.sourceCaption,
    targetCaption: row.targetCaption,
    editType: sample.editType,
    editObject: objectOfTexts(candidate.edit, { ...row, editType: sample.editType as EditType }),
    scores: scoresOf(candidate.scores),
    ...drawnBy(recipe),
    maskKind: mask ? (mask.kind === "human" ? "drawn" : mask.kind) : "none",
    modelPack: `${recipe.pack.name} ${recipe.pack.version}`,
    modelPackSha256: recipe.pack.hash,
    generator: makers.images,
    instructionSource: makers.instructions,
    licence: anchor.licence,
    attribution: anchor.attribution,
    sourceUrl: anchor.sourceUrl,
    anchorSha256: (anchor.rootAnchor ?? anchor).originalSha,
    decision: decision ? (decision.kind === "approve" ? "approved" : "rejected") : "unreviewed",
    reviewer: decision?.actor?.name ?? null,
    split: row.split as SplitName,
    ...chain,
    recipe,
  };
}

/** The settings of a draw; an images endpoint has none of them, and a number that stands for none is not written. */
function drawnBy(recipe: AnyRecipe) {
  if (recipe.kind === "endpoint") {
    return {
      seed: null,
      steps: null,
      strength: null,
      guidance: null,
      crossThreshold: null,
      selfThreshold: null,
    };
  }
  const { seed, steps, strength, guidance, control } = recipe;
  return { seed, steps, strength, guidance, crossThreshold: control.cross, selfThreshold: control.self };
}
