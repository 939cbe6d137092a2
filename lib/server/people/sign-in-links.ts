import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { memberRow } from "./present-member";
import { hashSecret, newSecret } from "./secrets";

const linkMs = 7 * 86_400_000;

/**
 * A new sign-in link for a member; an earlier one that was not used ends. The secret stands behind the `#`, which
 * browsers do not send, so it reaches no log on the way.
 */
export async function createLink(
  context: Context,
  memberId: string,
): Promise<{ path: string; expiresAt: Date }> {
  requireAbility(context, "manage");
  return inTransaction(context.studio.db, async (tx) => {
    requireStandingMember(await memberRow(tx, context, memberId));
    const secret = newSecret();
    const expiresAt = new Date(Date.now() + linkMs);
    await tx.signInLink.deleteMany({ where: { memberId, usedAt: null } });
    await tx.signInLink.create({ data: { memberId, secretHash: hashSecret(secret), expiresAt } });
    return { path: `/sign-in#${secret}`, expiresAt };
  });
}

/** Signs a member out everywhere. Owners may for anybody, others for themselves. */
export async function endSessions(context: Context, memberId: string): Promise<{ ended: number }> {
  requireSelfOrOwner(context, memberId);
  const { db } = context.studio;
  await memberRow(db, context, memberId);
  const { count } = await db.session.deleteMany({ where: { memberId } });
  await notify(db, { topic: "people", id: memberId });
  return { ended: count };
}

/** A secret for programs that act for a member. */
export async function createToken(
  context: Context,
  { id, name }: { id: string; name: string },
): Promise<{ id: string; token: string }> {
  requireSelfOrOwner(context, id);
  const { db } = context.studio;
  requireStandingMember(await memberRow(db, context, id));
  const token = newSecret();
  const row = await db.apiToken.create({ data: { memberId: id, name, secretHash: hashSecret(token) } });
  await notify(db, { topic: "people", id });
  return { id: row.id, token };
}

export async function revokeToken(
  context: Context,
  { id, tokenId }: { id: string; tokenId: string },
): Promise<{ id: string }> {
  requireSelfOrOwner(context, id);
  const { db } = context.studio;
  await memberRow(db, context, id);
  const { count } = await db.apiToken.deleteMany({ where: { id: tokenId, memberId: id } });
  if (count === 0) throw new UserError("not-found", "This token was revoked already.", "tokenId");
  await notify(db, { topic: "people", id });
  return { id: tokenId };
}

function requireSelfOrOwner(context: Context, memberId: string): void {
  requireAbility(context, memberId === context.caller.memberId ? "read" : "manage");
}

function requireStandingMember(member: { name: string; revokedAt: Date | null }): void {
  if (member.revokedAt) {
    throw new UserError(
      "conflict",
      `${member.name}'s access was taken away; readmit the member first.`,
      "id",
    );
  }
}
