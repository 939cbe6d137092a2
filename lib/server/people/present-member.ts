import type { MemberView } from "@/lib/api/contract/people";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import type { Prisma, Transaction } from "../database/client";

export const memberInclude = {
  sessions: { select: { seenAt: true, expiresAt: true } },
  tokens: { orderBy: { id: "asc" } },
} satisfies Prisma.MemberInclude;
type MemberRow = Prisma.MemberGetPayload<{ include: typeof memberInclude }>;

export function presentMember(row: MemberRow, now = new Date()): MemberView {
  const { id, name, role, version, createdAt, revokedAt } = row;
  const sessions = row.sessions.filter(({ expiresAt }) => expiresAt > now);
  const seen = [...row.sessions, ...row.tokens].map(({ seenAt }) => seenAt?.getTime() ?? 0);
  const last = Math.max(0, ...seen);
  return {
    id,
    name,
    role,
    version,
    createdAt,
    revokedAt,
    sessions: sessions.length,
    seenAt: last > 0 ? new Date(last) : null,
    tokens: row.tokens.map((token) => ({
      id: token.id,
      name: token.name,
      createdAt: token.createdAt,
      seenAt: token.seenAt,
    })),
  };
}

/** A member of the caller's project, or a clear error. */
export async function memberRow(tx: Transaction, { caller }: Context, id: string): Promise<MemberRow> {
  const row = await tx.member.findUnique({
    where: { id, projectId: caller.projectId },
    include: memberInclude,
  });
  if (!row) throw new UserError("not-found", `There is no member ${id} in this project.`, "id");
  return row;
}
