import { UserError } from "@/lib/domain/errors";
import { guarded } from "@/lib/server/api/guarded";
import { requestContext } from "@/lib/server/api/studio-instance";
import { candidateTable } from "@/lib/server/calibration/candidate-table";
import { decidedTable } from "@/lib/server/calibration/decided-table";

export const dynamic = "force-dynamic";

/** Scores for the what-if in one block of bytes: of all `candidates`, or of the samples that people `decided`. */
export const GET = guarded<{ table: string }>(async (request, { table }) => {
  const context = await requestContext(request);
  if (table !== "candidates" && table !== "decided") {
    throw new UserError("not-found", "There are tables of candidates and of decided samples only.", "table");
  }
  const bytes = table === "candidates" ? await candidateTable(context) : await decidedTable(context);
  return new Response(bytes, {
    headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
  });
});
