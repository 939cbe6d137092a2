import { z } from "zod";
import type { LogEntry } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { type Context, mayDo, requireAbility } from "../context";
import { drawText } from "./draw-text";

const eventData = z.object({
  note: z.string().nullish(),
  to: z.string().optional(),
  answer: z.string().optional(),
});

const eventKinds = ["returned", "answered", "regenerated", "mask", "gold", "gold-retired"] as const;
const isEventKind = (kind: string): kind is (typeof eventKinds)[number] =>
  (eventKinds as readonly string[]).includes(kind);

const blank = {
  who: null,
  purpose: null,
  reasons: [],
  note: null,
  texts: null,
  revision: null,
  mask: null,
  undone: false,
};

/**
 * Everything that happened to a sample, oldest first. Who is in the middle of reviewing it sees what changed the
 * sample but not what other reviewers said, and nobody but curators sees that it is gold.
 */
export async function sampleLog(context: Context, { id }: { id: string }): Promise<LogEntry[]> {
  requireAbility(context, "read");
  const { projectId, memberId } = context.caller;
  const sample = await context.studio.db.sample.findFirst({
    where: { id, projectId, withdrawn: false },
    include: {
      decisions: { include: { actor: true } },
      texts: { include: { author: true } },
      events: { include: { actor: true } },
      assignments: { include: { reviewer: true } },
      regions: {
        include: { masks: { include: { author: true }, orderBy: { revision: "desc" }, take: 200 } },
      },
    },
  });
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  const curator = mayDo(context, "curate");
  const reviewing = sample.assignments.some((one) => one.reviewerId === memberId && one.state === "held");
  const visible = (actorId: string | null, purpose: string | null) =>
    actorId === memberId || (!reviewing && (curator || purpose !== "gold"));
  const purposeOf = <T extends string>(purpose: T) => (purpose === "gold" && !curator ? null : purpose);
  const undone = new Set(sample.decisions.map(({ undoesId }) => undoesId));
  const entries: LogEntry[] = [{ ...blank, id: sample.id, at: sample.createdAt, kind: "made" }];
  for (const one of sample.decisions) {
    if (!visible(one.actorId, one.purpose)) continue;
    const { reasons, note, kind } = one;
    entries.push({
      ...blank,
      id: one.id,
      at: one.createdAt,
      // A policy decides without a person.
      who: one.actor?.name ?? "Selection policy",
      kind,
      purpose: purposeOf(one.purpose),
      reasons,
      note,
      revision: one.textRevision,
      undone: undone.has(one.id),
    });
  }
  for (const one of sample.texts) {
    if (one.revision === 1) continue;
    entries.push({
      ...blank,
      id: `text-${one.revision}`,
      at: one.createdAt,
      who: one.author?.name ?? null,
      kind: "text",
      note: one.restores === null ? null : `Restores revision ${one.restores}.`,
      texts: textsOf(one),
      revision: one.revision,
    });
  }
  const first = sample.texts.find(({ revision }) => revision === 1) ?? sample;
  const own = { id: null, current: sample.maskId === null };
  entries[0] = { ...entries[0]!, texts: textsOf(first), revision: 1, mask: own };
  for (const mask of sample.regions.flatMap(({ masks }) => masks)) {
    entries.push({
      ...blank,
      id: mask.id,
      at: mask.createdAt,
      who: mask.author?.name ?? null,
      kind: "mask",
      note: mask.note,
      revision: mask.revision,
      mask: { id: mask.id, current: mask.id === sample.maskId },
    });
  }
  for (const one of sample.events) {
    if (!isEventKind(one.kind) || (one.kind.startsWith("gold") && !curator)) continue;
    const data = eventData.safeParse(one.data).data ?? {};
    const note = [data.to && `To ${data.to}.`, data.answer && `Answer: ${data.answer}.`, data.note]
      .filter(Boolean)
      .join(" ");
    entries.push({
      ...blank,
      id: one.id,
      at: one.createdAt,
      who: one.actor?.name ?? null,
      kind: one.kind,
      note: note || null,
    });
  }
  for (const one of sample.assignments) {
    if (one.drawOrder === "direct" || !visible(one.reviewerId, one.purpose)) continue;
    const common = { ...blank, who: one.reviewer.name, purpose: purposeOf(one.purpose) };
    entries.push({
      ...common,
      id: one.id,
      at: one.claimedAt,
      kind: "claimed",
      note: curator ? drawText(one) : null,
    });
    if (one.finishedAt && (one.state === "released" || one.state === "expired")) {
      const kind = one.state === "released" ? "given-back" : "expired";
      entries.push({ ...common, id: `${one.id}-end`, at: one.finishedAt, kind });
    }
  }
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function textsOf({ instruction, sourceCaption, targetCaption }: NonNullable<LogEntry["texts"]>) {
  return { instruction, sourceCaption, targetCaption };
}
