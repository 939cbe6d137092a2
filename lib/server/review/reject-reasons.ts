import type { RejectReasonView } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { rejectReasons } from "@/lib/domain/reject-reasons";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";

/** One for each digit key. */
const most = 9;

/** The project's reasons in their order, deleted ones last. The first use writes the reasons that every project starts with. */
export async function loadReasons(tx: Transaction, projectId: string): Promise<RejectReasonView[]> {
  const read = () => tx.rejectReason.findMany({ where: { projectId }, orderBy: { position: "asc" } });
  let rows = await read();
  if (rows.length === 0) {
    await tx.rejectReason.createMany({
      data: rejectReasons.map(({ id, label }, position) => ({ projectId, key: id, label, position })),
      skipDuplicates: true,
    });
    rows = await read();
  }
  const views = rows.map(({ id, key, label, version, deletedAt }) => ({
    id,
    key,
    label,
    version,
    deleted: deletedAt !== null,
  }));
  return [...views.filter(({ deleted }) => !deleted), ...views.filter(({ deleted }) => deleted)];
}

export async function listReasons(context: Context): Promise<RejectReasonView[]> {
  requireAbility(context, "read");
  return loadReasons(context.studio.db, context.caller.projectId);
}

/** Refuses reasons that the project does not have, and says of deleted ones that they are. */
export async function requireReasons(
  tx: Transaction,
  projectId: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const reasons = await loadReasons(tx, projectId);
  for (const key of keys) {
    const reason = reasons.find((one) => one.key === key);
    if (!reason) {
      const known = reasons.filter(({ deleted }) => !deleted).map((one) => one.key);
      throw new UserError("bad-input", `“${key}” is no reason; known are ${known.join(", ")}.`, "reasons");
    }
    if (reason.deleted) {
      throw new UserError(
        "conflict",
        `The reason “${reason.label}” was deleted meanwhile. Nothing was decided; choose another reason.`,
        "reasons",
      );
    }
  }
}

export function addReason(context: Context, { label }: { label: string }): Promise<RejectReasonView[]> {
  return changing(context, async (tx, projectId, reasons) => {
    refuseTwice(reasons, label);
    const same = reasons.find((one) => one.deleted && sameText(one.label, label));
    if (reasons.filter(({ deleted }) => !deleted).length >= most) {
      throw new UserError(
        "bad-input",
        `There are ${most} reasons already, one for each digit key; delete one first.`,
        "label",
      );
    }
    const position = Math.max(-1, ...(await positions(tx, projectId))) + 1;
    if (same) {
      // The reason is the same again, so that old and new decisions count together.
      await tx.rejectReason.update({
        where: { id: same.id },
        data: { deletedAt: null, label, position, version: { increment: 1 } },
      });
    } else {
      await tx.rejectReason.create({ data: { projectId, label, position, key: keyFor(label, reasons) } });
    }
  });
}

export function renameReason(
  context: Context,
  { id, version, label }: { id: string; version: number; label: string },
): Promise<RejectReasonView[]> {
  return changing(context, async (tx, projectId, reasons) => {
    refuseTwice(
      reasons.filter((one) => one.id !== id),
      label,
    );
    const where = { id, projectId, version, deletedAt: null };
    requireChanged(await tx.rejectReason.updateMany({ where, data: { label, version: { increment: 1 } } }));
  });
}

export function deleteReason(
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<RejectReasonView[]> {
  return changing(context, async (tx, projectId) => {
    const where = { id, projectId, version, deletedAt: null };
    const data = { deletedAt: new Date(), version: { increment: 1 } };
    requireChanged(await tx.rejectReason.updateMany({ where, data }));
  });
}

async function changing(
  context: Context,
  change: (tx: Transaction, projectId: string, reasons: RejectReasonView[]) => Promise<void>,
): Promise<RejectReasonView[]> {
  requireAbility(context, "curate");
  const { projectId } = context.caller;
  await inTransaction(context.studio.db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('reasons ' || ${projectId}, 0))`;
    await change(tx, projectId, await loadReasons(tx, projectId));
    await notify(tx, { topic: "review" });
  });
  return listReasons(context);
}

async function positions(tx: Transaction, projectId: string): Promise<number[]> {
  const rows = await tx.rejectReason.findMany({ where: { projectId }, select: { position: true } });
  return rows.map(({ position }) => position);
}

function requireChanged({ count }: { count: number }): void {
  if (count > 0) return;
  throw new UserError(
    "conflict",
    "Somebody else changed this reason meanwhile; look at the list again.",
    "version",
  );
}

function refuseTwice(reasons: readonly RejectReasonView[], label: string): void {
  if (reasons.some((one) => !one.deleted && sameText(one.label, label))) {
    throw new UserError("bad-input", `There is a reason “${label}” already.`, "label");
  }
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A short name in lower case that no other reason has or had. */
function keyFor(label: string, reasons: readonly RejectReasonView[]): string {
  const base =
    label
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "reason";
  const taken = new Set(reasons.map(({ key }) => key));
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}-${n}`;
  return key;
}
