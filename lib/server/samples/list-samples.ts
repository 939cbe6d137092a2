import type { EditType } from "@/lib/domain/edit-types";
import { type SampleState, sampleStates } from "@/lib/domain/sample-state";
import { type Context, requireAbility } from "../context";
import { Prisma } from "../database/client";
import { toPage } from "../paging";
import { loadSamples, shownSample } from "./load-samples";

export interface SampleFilter {
  state?: SampleState | undefined;
  editType?: EditType | undefined;
  runId?: string | undefined;
}

export interface SamplePageInput extends SampleFilter {
  cursor?: string | undefined;
  limit: number;
}

/** Samples whose anchors were not withdrawn; `newest` first for lists, `oldest` first for reviewing. */
export async function listSamples(
  context: Context,
  input: SamplePageInput,
  order: "newest" | "oldest" = "newest",
) {
  requireAbility(context, "read");
  const ids = await pageOfIds(context, input, order);
  const byId = await loadSamples(context.studio.db, context.caller.projectId, ids);
  return toPage(
    ids.flatMap((id) => byId.get(id) ?? []),
    input.limit,
    shownSample,
  );
}

/**
 * One more id than the page holds. Every index on samples names the state before the id, so that a list of all
 * states merges three walks, each in the order of its index; no filter reads more than it shows.
 */
async function pageOfIds(
  { studio, caller }: Context,
  { state, editType, runId, cursor, limit }: SamplePageInput,
  order: "newest" | "oldest",
): Promise<string[]> {
  const take = limit + 1;
  const direction = order === "newest" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const beyond = order === "newest" ? Prisma.sql`<` : Prisma.sql`>`;
  const walks = (state ? [state] : sampleStates).map(
    (one) => Prisma.sql`(
      SELECT id FROM samples
      WHERE ${runId ? Prisma.sql`run_id = ${runId}::uuid AND` : Prisma.empty} project_id = ${caller.projectId}::uuid
        ${editType ? Prisma.sql`AND edit_type = ${editType}` : Prisma.empty}
        AND state = ${one}::sample_state AND NOT withdrawn
        ${cursor ? Prisma.sql`AND id ${beyond} ${cursor}::uuid` : Prisma.empty}
      ORDER BY id ${direction} LIMIT ${take})`,
  );
  const rows = await studio.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${Prisma.join(walks, " UNION ALL ")}) AS found ORDER BY id ${direction} LIMIT ${take}`;
  return rows.map(({ id }) => id);
}
