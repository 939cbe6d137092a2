import { editTypeIds } from "@/lib/domain/edit-types";
import { instructionVerb, usualVerbs } from "@/lib/domain/instruction-verbs";
import { type Context, requireAbility } from "../context";

/**
 * How many seeds lead with which verb, for each edit type: the verbs there are, most used first, then the usual ones
 * that are missing with a count of 0.
 */
export async function verbCoverage(context: Context) {
  requireAbility(context, "read");
  const rows = await context.studio.db.seed.findMany({
    where: { projectId: context.caller.projectId, archivedAt: null },
    select: { editType: true, instruction: true },
  });
  const counts = new Map<string, Map<string, number>>(editTypeIds.map((id) => [id, new Map()]));
  for (const { editType, instruction } of rows) {
    const verb = instructionVerb(instruction);
    const ofType = counts.get(editType);
    if (verb && ofType) ofType.set(verb, (ofType.get(verb) ?? 0) + 1);
  }
  return editTypeIds.map((editType) => {
    const ofType = counts.get(editType)!;
    const used = [...ofType].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
    const missing = usualVerbs[editType]
      .filter((verb) => !ofType.has(verb))
      .map((verb) => [verb, 0] as const);
    return { editType, verbs: [...used, ...missing].map(([verb, count]) => ({ verb, count })) };
  });
}
