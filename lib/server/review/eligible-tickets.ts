import type { DrawOrder } from "@/lib/api/contract/review";
import { adjudicatorBit, slotMask } from "@/lib/domain/review/slots";
import { Prisma } from "../database/client";

/** What a reviewer asks for. */
export interface TicketClaim {
  projectId: string;
  reviewerId: string;
  purpose: "review" | "adjudication" | "audit";
  order: DrawOrder;
  runId: string | undefined;
  editType: string | undefined;
  limit: number;
  reviewersPerSample: number;
  leaseSeconds: number;
  blind: boolean;
  /** On the reviewer's desk already, held or skipped. */
  have: readonly string[];
}

/** Tickets (`t`) of what a claim asks for, in a form that an index of `review_tickets` serves. */
export function inScope({ projectId, runId, editType, purpose }: TicketClaim): Prisma.Sql {
  return Prisma.sql`${runId ? Prisma.sql`t.run_id = ${runId}::uuid AND` : Prisma.empty}
    t.project_id = ${projectId}::uuid AND t.purpose = ${purpose}::review_purpose
    ${editType ? Prisma.sql`AND t.edit_type = ${editType}` : Prisma.empty}`;
}

/** The bits that are all set once nobody more is wanted. */
export function slotsMask({ purpose, reviewersPerSample }: TicketClaim): Prisma.Sql {
  return Prisma.raw(String(purpose === "adjudication" ? adjudicatorBit : slotMask(reviewersPerSample)));
}

/** The reviewer's assignment to the sample of a ticket (`t`), whatever became of it. */
export function hadBy(reviewerId: string): Prisma.Sql {
  return Prisma.sql`FROM assignments a WHERE a.sample_id = t.sample_id AND a.reviewer_id = ${reviewerId}::uuid`;
}
