import type { RunConfig } from "@/lib/domain/run-config";
import type { Prisma } from "../database/client";

/** The captioned, not withdrawn anchors that a run configuration asks for. */
export function anchorFilter(projectId: string, { anchors }: RunConfig): Prisma.AnchorWhereInput {
  return {
    projectId,
    withdrawnAt: null,
    caption: { not: "" },
    ...(anchors.origin && { origin: anchors.origin }),
    ...(anchors.importId && { importId: anchors.importId }),
  };
}
