import { type Context, requireAbility } from "../context";
import { notify } from "../events/notify";

/** A page that said nothing for so long is closed. */
const silenceMs = 75_000;

export interface HereInput {
  /** Chosen by the page. */
  pageId: string;
  place: string;
  subject?: string | undefined;
  leaving: boolean;
}

/** Notes where a page is, and says who else is in the project: once a person, the same subject first. */
export async function saidHere(context: Context, { pageId, place, subject, leaving }: HereInput) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { memberId, projectId } = context.caller;
  const now = new Date();
  const before = await db.presence.findUnique({ where: { pageId } });
  if (leaving) await db.presence.deleteMany({ where: { pageId, memberId } });
  else if (!before || before.memberId === memberId) {
    const data = { memberId, place, subject: subject ?? null, seenAt: now };
    await db.presence.upsert({ where: { pageId }, create: { pageId, ...data }, update: data });
  }
  const moved = leaving || before?.place !== place || (before?.subject ?? null) !== (subject ?? null);
  if (moved) {
    await db.presence.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - silenceMs) } } });
    await notify(db, { topic: "people" });
  }
  const rows = await db.presence.findMany({
    where: {
      seenAt: { gt: new Date(now.getTime() - silenceMs) },
      memberId: { not: memberId },
      member: { projectId, revokedAt: null },
    },
    include: { member: { select: { name: true } } },
    orderBy: { seenAt: "desc" },
  });
  const isSame = (row: { place: string; subject: string | null }) =>
    subject ? row.subject === subject : row.place === place;
  const others = new Map<
    string,
    { memberId: string; name: string; place: string; subject: string | null; same: boolean }
  >();
  for (const row of [...rows.filter(isSame), ...rows]) {
    if (others.has(row.memberId)) continue;
    const { place, subject } = row;
    others.set(row.memberId, {
      memberId: row.memberId,
      name: row.member.name,
      place,
      subject,
      same: isSame(row),
    });
  }
  return [...others.values()];
}
