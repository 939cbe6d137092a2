import { normaliseForComparison, textSimilarity } from "@/lib/instructions/deduplicator";
import { type Context, requireAbility } from "../context";

export interface SimilarSeed {
  id: string;
  instruction: string;
  sourceCaption: string;
  /** Of the instructions, in [0,1]; 1 is the same wording but for articles and punctuation. */
  similarity: number;
  /** Both start from the same caption: then the two would teach the same. */
  sameCaption: boolean;
}

/** From this likeness on two instructions are worth a look; on one caption they count as the same at 0.75. */
const alike = 0.6;
const most = 3;

/** The seeds whose instructions are most like this one, the most alike first. */
export async function similarSeeds(
  context: Context,
  { id, sourceCaption, instruction }: { id?: string | undefined; sourceCaption: string; instruction: string },
): Promise<SimilarSeed[]> {
  requireAbility(context, "read");
  if (normaliseForComparison(instruction) === "") return [];
  const rows = await context.studio.db.seed.findMany({
    where: { projectId: context.caller.projectId, archivedAt: null, ...(id && { id: { not: id } }) },
    orderBy: { id: "asc" },
    select: { id: true, sourceCaption: true, instruction: true },
  });
  const caption = normaliseForComparison(sourceCaption);
  return rows
    .map((row) => ({ row, similarity: textSimilarity(instruction, row.instruction) }))
    .filter(({ similarity }) => similarity >= alike)
    .map(({ row, similarity }) => ({
      ...row,
      similarity,
      sameCaption: normaliseForComparison(row.sourceCaption) === caption,
    }))
    .sort((a, b) => Number(b.sameCaption) - Number(a.sameCaption) || b.similarity - a.similarity)
    .slice(0, most);
}
