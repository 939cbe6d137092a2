import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import type { Context } from "../context";

/** Runs of late that the rates are measured on. */
const lookedAt = 20;

interface Units {
  instructions: number;
  freeForm: number;
  region: number;
}

interface Measured {
  /** Of one worker; null before a stage was measured with this pack. */
  seconds: number | null;
  /** What paid requests would cost, in the currency of their prices; null where none is asked for. */
  spend: { amount: number; measured: boolean } | null;
}

/** Time and money for so many anchors and edits, by what they took in the project's latest runs of the same makers. */
export async function measured(context: Context, config: RunConfig, units: Units): Promise<Measured> {
  const runs = await context.studio.db.run.findMany({
    where: {
      projectId: context.caller.projectId,
      config: { path: ["freeForm", "pack"], equals: config.freeForm.pack },
      startedAt: { not: null },
    },
    orderBy: { id: "desc" },
    take: lookedAt,
    select: { config: true, stages: true },
  });
  const alike = runs.filter((run) => makersOf(runConfigSchema.parse(run.config)) === makersOf(config));
  const perUnit = (stage: keyof Units, of: "busyMs" | "spentMicros") => {
    const rows = alike.flatMap(({ stages }) => stages.filter((row) => row.stage === stage));
    const finished = rows.reduce((sum, row) => sum + row.done + row.failed, 0);
    return finished > 0 ? rows.reduce((sum, row) => sum + Number(row[of]), 0) / finished : null;
  };
  const total = (of: "busyMs" | "spentMicros") =>
    Object.entries(units).reduce<number | null>((sum, [stage, count]) => {
      if (sum === null || count === 0) return sum;
      const each = perUnit(stage as keyof Units, of);
      return each === null ? null : sum + count * each;
    }, 0);
  const milliseconds = total("busyMs");
  return {
    seconds: milliseconds === null ? null : milliseconds / 1000,
    spend: spendOf(config, units, total("spentMicros")),
  };
}

/** Before anything was measured, at most so much: every candidate drawn, and judged where a judge is asked for. */
function spendOf(config: RunConfig, units: Units, micros: number | null): Measured["spend"] {
  const { freeForm, region, judge } = config;
  const prices = [
    freeForm.generator.kind === "images-endpoint" ? freeForm.generator.price : null,
    judge?.price,
  ];
  if (prices.every((price) => !price || Object.values(price).every((part) => part === 0))) return null;
  if (micros !== null) return { amount: micros / 1e6, measured: true };
  const candidates = units.freeForm * freeForm.maxCandidates + units.region * region.maxCandidates;
  const perCandidate = prices.reduce((sum, price) => sum + (price?.perRequest ?? 0), 0);
  return perCandidate > 0 ? { amount: candidates * perCandidate, measured: false } : null;
}

/** What a rate depends on: who draws, who writes and who judges. */
function makersOf({ freeForm: { pack, generator }, instructions, judge }: RunConfig): string {
  const draws = generator.kind === "pack" ? pack : [generator.model, generator.price];
  return JSON.stringify([draws, instructions.provider, judge && [judge.model, judge.price]]);
}
