import { createHash } from "node:crypto";
import { UserError } from "@/lib/domain/errors";
import type { SeedExample } from "@/lib/domain/instruction-records";
import { runConfigSchema } from "@/lib/domain/run-config";
import { proposeEdits } from "@/lib/stages/propose-edits";
import { presentImage } from "../anchors/present-anchor";
import { type Context, requireAbility, type Studio } from "../context";
import { createProviders } from "../runs/instruction-providers";
import { checkSeed, type SeedText } from "./check-seed";
import { type SeedFilterInput, seedFilter } from "./seed-filter";

export interface TrySeedsInput {
  /** Exactly these texts, or the project's seeds that a filter finds. */
  seeds?: SeedText[] | undefined;
  filter?: SeedFilterInput | undefined;
  provider: "recombination" | "openai";
  /** Another number tries other anchors. */
  draw: number;
  /** Not this anchor: the seed's own would only give the seed back. */
  notAnchor?: string | undefined;
}

const anchorsTried = 3;
/** Asking without a language model costs milliseconds: a lone seed fits few captions, so more are looked at. */
const mostLooked = 30;
/** Anchors are taken from the newest so many. */
const pool = 200;
const mostSeeds = 1000;

/** Stage I on three captioned anchors with exactly these seeds, where they fit if possible. Nothing is written. */
export async function trySeeds(context: Context, input: TrySeedsInput) {
  requireAbility(context, "annotate");
  const seeds = input.seeds ? input.seeds.map(checkSeed) : await filteredSeeds(context, input.filter ?? {});
  if (seeds.length === 0)
    throw new UserError("bad-input", "No seed fits the filter, so there is nothing to try.");
  const anchors = await drawAnchors(context, input);
  if (anchors.length === 0) {
    throw new UserError(
      "bad-input",
      "There is no other anchor with a caption to try the seeds on; import some first.",
    );
  }
  const config = runConfigSchema.parse({ name: "Try it", instructions: { provider: input.provider } });
  const provider = await providersOf(context.studio)({ config });
  const signal = AbortSignal.timeout(90_000);
  const tried: Tried[] = [];
  const fitting = () => tried.filter(({ edits }) => edits.length > 0);
  for (const anchor of anchors.slice(0, input.provider === "recombination" ? mostLooked : anchorsTried)) {
    if (fitting().length === anchorsTried) break;
    const { edits, failures } = await proposeEdits(provider, anchor.caption, seeds, {
      runSeed: input.draw,
      stage: config.instructions,
      key: anchor.originalSha,
      signal,
    });
    tried.push({
      anchor: { id: anchor.id, image: presentImage(anchor.image), caption: anchor.caption },
      edits: edits.map(({ instruction, sourceCaption, targetCaption, editType }) => ({
        instruction,
        sourceCaption,
        targetCaption,
        editType,
      })),
      failures: failures.map(({ reason }) => reason),
    });
  }
  const without = tried.filter(({ edits }) => edits.length === 0);
  return {
    provider: provider.label,
    seeds: seeds.length,
    looked: tried.length,
    fitting: fitting().length,
    results: [...fitting(), ...without].slice(0, anchorsTried),
  };
}

interface Tried {
  anchor: { id: string; image: PictureView; caption: string };
  edits: SeedText[];
  failures: string[];
}
type PictureView = ReturnType<typeof presentImage>;

async function filteredSeeds({ studio, caller }: Context, filter: SeedFilterInput): Promise<SeedExample[]> {
  const rows = await studio.db.seed.findMany({
    where: seedFilter(caller.projectId, filter),
    orderBy: { id: "desc" },
    take: mostSeeds,
    select: { sourceCaption: true, instruction: true, targetCaption: true, editType: true },
  });
  // Only valid types are ever written.
  return rows.map((row) => ({ ...row, editType: row.editType as SeedExample["editType"] }));
}

async function drawAnchors({ studio, caller }: Context, { draw, notAnchor }: TrySeedsInput) {
  const rows = await studio.db.anchor.findMany({
    where: {
      projectId: caller.projectId,
      withdrawnAt: null,
      caption: { not: "" },
      ...(notAnchor && { id: { not: notAnchor } }),
    },
    orderBy: { id: "desc" },
    take: pool,
    include: { image: true },
  });
  const order = (id: string) => createHash("sha256").update(`${draw} ${id}`).digest("hex");
  return rows
    .map((row) => ({ row, at: order(row.id) }))
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(0, mostLooked)
    .map(({ row }) => row);
}

const providers = new WeakMap<Studio, ReturnType<typeof createProviders>>();

/** Providers read lexicons and vocabularies; a studio makes them once. */
function providersOf(studio: Studio): ReturnType<typeof createProviders> {
  const known = providers.get(studio) ?? createProviders(studio);
  providers.set(studio, known);
  return known;
}
