import type { Caller, Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { hashSecret, newSecret } from "./secrets";

type Database = Pick<Studio, "db">;

export const sessionDays = 30;
const sessionMs = sessionDays * 86_400_000;
/** A session in use is prolonged at most this often. */
const prolongMs = 3_600_000;

export interface SignedIn {
  /** For the cookie. */
  secret: string;
  caller: Caller;
}

/** Uses a sign-in link up and opens a session; null if the link is used, old, replaced or its member revoked. */
export async function signIn(
  { db }: Database,
  linkSecret: string,
  userAgent: string | null,
): Promise<SignedIn | null> {
  return inTransaction(db, async (tx) => {
    const now = new Date();
    const where = { secretHash: hashSecret(linkSecret) };
    // One statement takes the link, so that it works once however often it is sent.
    const { count } = await tx.signInLink.updateMany({
      where: { ...where, usedAt: null, expiresAt: { gt: now }, member: { revokedAt: null } },
      data: { usedAt: now },
    });
    if (count === 0) return null;
    const { member } = await tx.signInLink.findUniqueOrThrow({ where, include: { member: true } });
    const secret = newSecret();
    const session = await tx.session.create({
      data: {
        memberId: member.id,
        secretHash: hashSecret(secret),
        userAgent: userAgent?.slice(0, 300) ?? null,
        expiresAt: new Date(now.getTime() + sessionMs),
      },
    });
    await tx.session.deleteMany({ where: { expiresAt: { lt: now } } });
    await notify(tx, { topic: "people", id: member.id });
    const { id, projectId, name, role } = member;
    return { secret, caller: { projectId, memberId: id, name, role, sessionId: session.id } };
  });
}

/** The member of a session cookie, if it still counts; using it prolongs it. */
export async function callerOfSession({ db }: Database, secret: string): Promise<Caller | null> {
  const now = Date.now();
  const session = await db.session.findUnique({
    where: { secretHash: hashSecret(secret) },
    include: { member: true },
  });
  if (!session || session.expiresAt.getTime() <= now || session.member.revokedAt) return null;
  if (now - session.seenAt.getTime() > prolongMs) {
    await db.session.updateMany({
      where: { id: session.id },
      data: { seenAt: new Date(now), expiresAt: new Date(now + sessionMs) },
    });
  }
  const { id, projectId, name, role } = session.member;
  return { projectId, memberId: id, name, role, sessionId: session.id };
}

/** The member for whom a program acts. */
export async function callerOfToken({ db }: Database, token: string): Promise<Caller | null> {
  const now = Date.now();
  const found = await db.apiToken.findUnique({
    where: { secretHash: hashSecret(token) },
    include: { member: true },
  });
  if (!found || found.member.revokedAt) return null;
  if (!found.seenAt || now - found.seenAt.getTime() > prolongMs) {
    await db.apiToken.updateMany({ where: { id: found.id }, data: { seenAt: new Date(now) } });
  }
  const { id, projectId, name, role } = found.member;
  return { projectId, memberId: id, name, role };
}

export async function signOut({ db }: Database, secret: string): Promise<void> {
  await db.session.deleteMany({ where: { secretHash: hashSecret(secret) } });
}
