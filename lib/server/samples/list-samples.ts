import type { EditType } from "@/lib/domain/edit-types";
import type { SampleState } from "@/lib/domain/sample-state";
import { type Context, requireAbility } from "../context";
import type { Prisma } from "../database/client";
import { toPage } from "../paging";
import { presentSample, sampleInclude } from "./present-sample";

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
  const after = order === "newest" ? { lt: input.cursor } : { gt: input.cursor };
  const where: Prisma.SampleWhereInput = {
    projectId: context.caller.projectId,
    candidate: { render: { anchor: { withdrawnAt: null } } },
    ...(input.state && { state: input.state }),
    ...(input.editType && { editType: input.editType }),
    ...(input.runId && { runId: input.runId }),
    ...(input.cursor && { id: after }),
  };
  const rows = await context.studio.db.sample.findMany({
    where,
    orderBy: { id: order === "newest" ? "desc" : "asc" },
    take: input.limit + 1,
    include: sampleInclude,
  });
  return toPage(rows, input.limit, presentSample);
}
