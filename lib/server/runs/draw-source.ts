import type { ChosenDraw, SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { brokenThresholds } from "@/lib/domain/selection";
import type { InferenceEngine } from "@/lib/inference/types";
import type { AnyPair } from "@/lib/stages/any-pair";
import { drawBatch, type PlannedDraw } from "@/lib/stages/draw-batch";
import { type FreeFormEdit, recipeInputs, strengthOf } from "@/lib/stages/free-form";
import { guideOf, type RegionEdit, regionInputs } from "@/lib/stages/region";
import { settingChoices } from "@/lib/stages/setting-choices";
import type { Studio } from "../context";
import { storeMask } from "../images/store-mask";
import type { StoredGuide } from "./commit-batch";
import { boundsOf, editKey, editTypeOf, type WorkRow } from "./edit-work";
import type { RunPack } from "./pack-of-run";
import type { RunnableRun } from "./runnable-run";

/** Makes the draws of one edit by their index: the same index and choice are the same draw, whenever asked for. */
export interface DrawSource {
  /** Settings that the draws can be given; null where there is nothing to choose. */
  readonly choices: SettingChoices | null;
  draw(engine: InferenceEngine, draws: readonly AskedDraw[]): Promise<SourceBatch>;
  /** How many of the pairs break no bound. */
  passed(pairs: readonly AnyPair[]): number;
}

export interface AskedDraw {
  readonly index: number;
  /** Chosen noise, steps and thresholds; drawn at random where left out. */
  readonly chosen?: ChosenDraw | undefined;
}

export interface SourceBatch {
  /** By position in the batch; absent where the draw failed. */
  pairs: { index: number; pair: AnyPair }[];
  failed: string[];
  guides: Map<string, StoredGuide>;
  /** How many of the draws were made, the failed ones included: fewer where the run's money ran out. */
  made: number;
}

/** Draws of Stage II. */
export function freeFormSource(
  run: RunnableRun,
  edit: WorkRow,
  { pack, generator }: RunPack,
  anchor: FreeFormEdit["anchor"],
): DrawSource {
  const drawn: FreeFormEdit = { ...edit, editType: editTypeOf(edit), anchor, key: editKey(edit) };
  const settings = {
    runSeed: run.config.seed,
    stage: run.config.freeForm,
    thresholds: run.thresholds,
    generator,
    pack,
  };
  return {
    choices: settingChoices(settings.stage, generator.defaults, strengthOf(settings, anchor !== null)),
    async draw(engine, asked) {
      const draws = asked.map(({ index, chosen }) => ({
        recipe: recipeInputs(drawn, settings, index, chosen),
        anchor: anchor?.image,
      }));
      return { ...(await drawBatch(engine, draws)), guides: new Map(), made: asked.length };
    },
    passed: countPassed(run, edit),
  };
}

/** Draws of Stage III, inside the region. */
export function regionSource(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  { pack, generator }: RunPack,
  anchor: RegionEdit["anchor"],
  region: Pick<RegionEdit, "masks" | "origin"> & { authorId: string | null },
): DrawSource {
  const drawn: RegionEdit = { ...edit, anchor, key: editKey(edit), ...region };
  const settings = { runSeed: run.config.seed, stage: run.config.region, generator, pack };
  const defaults = { ...generator.defaults, ...generator.regionDefaults };
  const plan = async (asked: readonly AskedDraw[]) => {
    const guides = new Map<string, StoredGuide>();
    const planned: PlannedDraw[] = [];
    for (const { index, chosen } of asked) {
      const guide = guideOf(drawn, settings, index, chosen);
      const picture = await storeMask(studio.store, guide.mask);
      guides.set(picture.sha256, {
        kind: guide.kind === "full" ? "fine" : guide.kind,
        picture,
        crop: anchor.crop,
        authorId: region.authorId,
      });
      const recipe = regionInputs(drawn, settings, index, { ...guide, sha256: picture.sha256 }, chosen);
      planned.push({ recipe, anchor: anchor.image, mask: guide.mask });
    }
    return { planned, guides };
  };
  return {
    choices: settingChoices(settings.stage, defaults, settings.stage.strength ?? defaults.strength),
    async draw(engine, asked) {
      const { planned, guides } = await plan(asked);
      return { ...(await drawBatch(engine, planned)), guides, made: asked.length };
    },
    passed: countPassed(run, edit),
  };
}

export function countPassed(run: RunnableRun, edit: WorkRow) {
  const bounds = boundsOf(run, edit);
  return (pairs: readonly AnyPair[]) =>
    pairs.filter(({ scores }) => brokenThresholds(scores, bounds).length === 0).length;
}
