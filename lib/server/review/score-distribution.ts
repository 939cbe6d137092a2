import type { ScoreDistribution } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { scoreDefinitions } from "@/lib/domain/scores";
import { type Context, requireAbility } from "../context";
import type { Transaction } from "../database/client";
import { scoresOf } from "../samples/scores-of";

/** Places in the run and candidates read at each: an even sample, whose cost does not grow with the run. */
const places = 40;
const perPlace = 50;
const binCount = 24;
const keptMs = 30_000;

interface Distribution {
  candidates: number;
  scores: ScoreDistribution[];
}

const known = new Map<string, { until: number; made: Promise<Distribution> }>();

/** Histograms of a run's scores over up to 2,000 of its candidates, remembered for half a minute. */
export async function scoreDistributions(
  context: Context,
  { runId }: { runId: string },
): Promise<Distribution> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const run = await db.run.findFirst({ where: { id: runId, projectId: context.caller.projectId } });
  if (!run) throw new UserError("not-found", "There is no such run.", "runId");
  const entry = known.get(runId);
  if (entry && entry.until > Date.now()) return entry.made;
  const made = measure(db, runId);
  known.set(runId, { until: Date.now() + keptMs, made });
  made.catch(() => known.delete(runId));
  if (known.size > 200) known.delete(known.keys().next().value!);
  return made;
}

async function measure(tx: Transaction, runId: string): Promise<Distribution> {
  const rows = await sampleCandidates(tx, runId);
  const all = rows.map(scoresOf);
  const scores = scoreDefinitions.flatMap(({ id }) => {
    const values = all.flatMap((one) => (one[id] === undefined ? [] : [one[id]]));
    return values.length === 0 ? [] : [{ score: id, ...histogram(values) }];
  });
  return { candidates: rows.length, scores };
}

/** Ids are time-ordered: evenly spaced ids between the first and the last lie all over the run. */
async function sampleCandidates(tx: Transaction, runId: string): Promise<unknown[]> {
  const end = (direction: "asc" | "desc") =>
    tx.candidate.findFirst({ where: { runId }, orderBy: { id: direction }, select: { id: true } });
  const [first, last] = [await end("asc"), await end("desc")];
  if (!first || !last) return [];
  const [low, high] = [first.id, last.id].map((id) => BigInt(`0x${id.replaceAll("-", "")}`)) as [
    bigint,
    bigint,
  ];
  const starts = Array.from({ length: places }, (_, k) =>
    uuidOf(low + ((high - low) * BigInt(k)) / BigInt(places)),
  );
  const rows = await tx.$queryRaw<{ scores: unknown }[]>`
    SELECT DISTINCT ON (c.id) c.scores FROM unnest(${starts}::uuid[]) AS place
    CROSS JOIN LATERAL (SELECT id, scores FROM candidates WHERE run_id = ${runId}::uuid AND id >= place
      ORDER BY id LIMIT ${perPlace}) c`;
  return rows.map(({ scores }) => scores);
}

function uuidOf(value: bigint): string {
  return value
    .toString(16)
    .padStart(32, "0")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function histogram(values: readonly number[]) {
  const min = values.reduce((a, b) => Math.min(a, b));
  const max = values.reduce((a, b) => Math.max(a, b));
  const bins = new Array<number>(binCount).fill(0);
  for (const value of values) {
    const bin = max === min ? binCount / 2 : Math.floor(((value - min) / (max - min)) * binCount);
    bins[Math.min(binCount - 1, bin)]!++;
  }
  return { min, max, bins };
}
