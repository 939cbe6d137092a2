import type { MemberView, RoleName } from "@/lib/api/contract/people";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { memberInclude, memberRow, presentMember } from "./present-member";

export async function listMembers(context: Context): Promise<MemberView[]> {
  requireAbility(context, "read");
  const rows = await context.studio.db.member.findMany({
    where: { projectId: context.caller.projectId },
    orderBy: { id: "asc" },
    include: memberInclude,
  });
  // Who has which token is the owner's business, and everybody's own.
  const mayManage = context.caller.role === "owner";
  return rows
    .map((row) => presentMember(row))
    .map((view) => (mayManage || view.id === context.caller.memberId ? view : { ...view, tokens: [] }));
}

export async function addMember(
  context: Context,
  { name, role }: { name: string; role: RoleName },
): Promise<MemberView> {
  requireAbility(context, "manage");
  return inTransaction(context.studio.db, async (tx) => {
    const { projectId } = context.caller;
    await lockMembers(tx, projectId);
    await requireFreeName(tx, projectId, name);
    const { id } = await tx.member.create({ data: { projectId, name, role } });
    await notify(tx, { topic: "people", id });
    return presentMember(await memberRow(tx, context, id));
  });
}

/** Changes a member that nobody changed since `version`. */
export function updateMember(
  context: Context,
  {
    id,
    version,
    name,
    role,
  }: { id: string; version: number; name?: string | undefined; role?: RoleName | undefined },
): Promise<MemberView> {
  return change(context, { id, version }, async (tx, { projectId }) => {
    if (name) await requireFreeName(tx, projectId, name, id);
    return { ...(name && { name }), ...(role && { role }) };
  });
}

/** Ends a member's access; what the member did stays on record. */
export async function revokeMember(
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<MemberView> {
  if (id === context.caller.memberId) {
    throw new UserError("bad-input", "You cannot take away your own access; another owner can.", "id");
  }
  return change(context, { id, version }, async (tx) => {
    await tx.session.deleteMany({ where: { memberId: id } });
    await tx.signInLink.deleteMany({ where: { memberId: id, usedAt: null } });
    await tx.apiToken.deleteMany({ where: { memberId: id } });
    await tx.presence.deleteMany({ where: { memberId: id } });
    const released = { claimedById: null, claimSession: null, leaseUntil: null };
    await tx.region.updateMany({ where: { claimedById: id }, data: released });
    return { revokedAt: new Date() };
  });
}

export function readmitMember(
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<MemberView> {
  return change(context, { id, version }, async () => ({ revokedAt: null }));
}

interface Change {
  name?: string;
  role?: RoleName;
  revokedAt?: Date | null;
}

async function change(
  context: Context,
  { id, version }: { id: string; version: number },
  work: (tx: Transaction, member: { projectId: string }) => Promise<Change>,
): Promise<MemberView> {
  requireAbility(context, "manage");
  return inTransaction(context.studio.db, async (tx) => {
    const { projectId } = context.caller;
    await lockMembers(tx, projectId);
    const before = await memberRow(tx, context, id);
    if (before.version !== version) {
      throw new UserError(
        "conflict",
        `Somebody changed ${before.name} meanwhile; look again before you do.`,
        "version",
      );
    }
    const data = await work(tx, { projectId });
    await tx.member.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
    const owners = await tx.member.count({ where: { projectId, role: "owner", revokedAt: null } });
    if (owners === 0) {
      throw new UserError(
        "bad-input",
        "A project needs at least one owner; make somebody else owner first.",
        "role",
      );
    }
    await notify(tx, { topic: "people", id });
    return presentMember(await memberRow(tx, context, id));
  });
}

/** Two owners who demote each other at once must not leave the project without one. */
async function lockMembers(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM projects WHERE id = ${projectId}::uuid FOR UPDATE`;
}

async function requireFreeName(
  tx: Transaction,
  projectId: string,
  name: string,
  exceptId?: string,
): Promise<void> {
  const taken = await tx.member.findFirst({
    where: {
      projectId,
      name: { equals: name, mode: "insensitive" },
      ...(exceptId && { id: { not: exceptId } }),
    },
  });
  if (taken) {
    throw new UserError(
      "conflict",
      `There is a member called ${taken.name} already; choose another name.`,
      "name",
    );
  }
}
