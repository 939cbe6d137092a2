import type { ReviewSettingsView } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { adjudicatorBit } from "@/lib/domain/review/slots";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { settleSample } from "./settle-sample";

const defaults: ReviewSettingsView = {
  reviewersPerSample: 1,
  goldShare: 0.05,
  blind: false,
  leaseSeconds: 600,
  leaderboard: false,
  version: 0,
};

/** A project's settings; version 0 are the defaults, which nobody changed yet. */
export async function loadSettings(tx: Transaction, projectId: string): Promise<ReviewSettingsView> {
  const row = await tx.reviewSettings.findUnique({ where: { projectId } });
  if (!row) return defaults;
  const { reviewersPerSample, goldShare, blind, leaseSeconds, leaderboard, version } = row;
  return { reviewersPerSample, goldShare, blind, leaseSeconds, leaderboard, version };
}

/** Settings a claim may work with: it changes nothing that a second more or less would make wrong. */
const recentMs = 1000;
const recent = new Map<string, { until: number; settings: Promise<ReviewSettingsView> }>();

export function recentSettings(tx: Transaction, projectId: string): Promise<ReviewSettingsView> {
  const known = recent.get(projectId);
  if (known && known.until > Date.now()) return known.settings;
  const settings = loadSettings(tx, projectId);
  recent.set(projectId, { until: Date.now() + recentMs, settings });
  settings.catch(() => recent.delete(projectId));
  return settings;
}

export async function getSettings(context: Context): Promise<ReviewSettingsView> {
  requireAbility(context, "read");
  return loadSettings(context.studio.db, context.caller.projectId);
}

/**
 * Writes the settings. With fewer reviewers per sample, samples that have all their votes already are settled here;
 * with more, samples that are decided stay decided.
 */
export async function updateSettings(
  context: Context,
  input: ReviewSettingsView,
): Promise<ReviewSettingsView> {
  requireAbility(context, "curate");
  const { projectId } = context.caller;
  const { version, ...values } = input;
  const before = await getSettings(context);
  await inTransaction(context.studio.db, async (tx) => {
    const changed =
      version === 0
        ? await tx.reviewSettings.createMany({ data: [{ projectId, ...values }], skipDuplicates: true })
        : await tx.reviewSettings.updateMany({
            where: { projectId, version },
            data: { ...values, version: { increment: 1 } },
          });
    if (changed.count === 0) {
      throw new UserError(
        "conflict",
        "Somebody else changed the review settings meanwhile; reload them and change them again.",
        "version",
      );
    }
    await notify(tx, { topic: "review" });
  });
  recent.delete(projectId);
  if (values.reviewersPerSample < before.reviewersPerSample) await settleWaiting(context);
  return getSettings(context);
}

/** Settles the samples that people have begun, each in a transaction of its own. */
async function settleWaiting(context: Context): Promise<void> {
  const { db } = context.studio;
  const { projectId } = context.caller;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT sample_id AS id FROM review_tickets
      WHERE project_id = ${projectId}::uuid AND purpose IN ('review', 'audit') AND sample_id > ${after}::uuid
        AND slots & ${adjudicatorBit - 1} <> 0
      ORDER BY project_id, purpose, sample_id LIMIT 500`;
    for (const { id } of rows) await inTransaction(db, (tx) => settleSample(tx, projectId, id));
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
