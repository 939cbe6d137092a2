import { openGenerator } from "@/lib/diffusion/open-generator";
import { checkFiles, type PackCheck } from "@/lib/packs/check-files";
import { graphSignatures } from "@/lib/packs/graph-signatures";
import { loadManifest } from "@/lib/packs/load-manifest";
import { type ExecutionProvider, openPack, type Pack, packRoles } from "@/lib/packs/open-pack";
import { openDetector } from "@/lib/perception/open-detector";
import { openEmbedders } from "@/lib/perception/open-embedders";
import { openSegmenter } from "@/lib/perception/open-segmenter";
import { scorePair } from "@/lib/perception/score-pair";
import { tagImage } from "@/lib/perception/tag-image";
import { unsafeProbability } from "@/lib/perception/unsafe-probability";
import { smokeImage } from "./smoke-image";

export interface PackReport {
  readonly directory: string;
  /** Absent if the manifest itself is wrong. */
  readonly pack?: { readonly name: string; readonly version: string; readonly hash: string };
  /** No check is an error. */
  readonly ok: boolean;
  readonly checks: readonly PackCheck[];
}

/**
 * Checks a pack from the outside in: manifest, files and hashes, the graphs' inputs and outputs, then every role
 * on a smoke image. What is missing is said in plain words; later checks are skipped where they could only repeat
 * an earlier one. Runs models, so call it in a process of its own.
 */
export async function verifyPack(
  directory: string,
  provider: ExecutionProvider = "cpu",
): Promise<PackReport> {
  const checks: PackCheck[] = [];
  const report = (pack?: PackReport["pack"]): PackReport => ({
    directory,
    ...(pack && { pack }),
    ok: checks.every((check) => check.level !== "error"),
    checks,
  });
  const loaded = await loadManifest(directory).catch((error: Error) => error);
  if (loaded instanceof Error) {
    checks.push({ subject: "pack.json", level: "error", message: loaded.message });
    return report();
  }
  const { manifest, hash } = loaded;
  const identity = { name: manifest.name, version: manifest.version, hash };
  checks.push({
    subject: "pack.json",
    level: "ok",
    message: `${manifest.title}, version ${manifest.version}`,
  });
  checks.push(...(await checkFiles(directory, manifest)));
  for (const role of packRoles) {
    if (!manifest[role]) checks.push({ subject: role, level: "warning", message: missingRole[role] });
  }
  if (!report().ok) return report(identity);

  const pack = await openPack(directory, { provider });
  checks.push(...(await checkSignatures(pack)));
  if (report().ok) checks.push(...(await checkRoles(pack)));
  return report(identity);
}

const missingRole = {
  generator: "is not in this pack: it cannot make images",
  clip: "is not in this pack: CLIP scores and text search will be missing",
  selfSupervised: "is not in this pack: the DINO score will be missing",
  tagger: "is not in this pack: objects for region edits cannot be proposed from the image",
  detector: "is not in this pack: region edits need masks drawn by people",
  safety: "is not in this pack: the score of unsafe content needs a moderation endpoint",
  segmenter: "is not in this pack: there is no click-to-segment, and region edits need masks drawn by people",
};

async function checkSignatures(pack: Pack): Promise<PackCheck[]> {
  const checks: PackCheck[] = [];
  for (const { file, inputs, outputs } of graphSignatures(pack.manifest)) {
    try {
      const model = await pack.model(file);
      const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
      const problems = [
        ...missing("input", inputs, names(model.inputs)),
        ...missing("output", outputs, names(model.outputs)),
        // A known input that the graph does not use may have been dropped; an unknown one can never be filled.
        ...names(model.inputs)
          .filter((name) => !inputs.includes(name))
          .map((name) => `wants an unknown input "${name}"`),
      ];
      checks.push({
        subject: file,
        level: problems.length > 0 ? "error" : "ok",
        message:
          problems.join("; ") ||
          `loads in ${Math.round(model.milliseconds)} ms, inputs and outputs as the manifest says`,
      });
    } catch (error) {
      checks.push({ subject: file, level: "error", message: (error as Error).message });
    }
  }
  return checks;
}

function missing(kind: "input" | "output", wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((name) => !present.includes(name)).map((name) => `has no ${kind} "${name}"`);
}

/** Runs every role once on the smoke image. */
async function checkRoles(pack: Pack): Promise<PackCheck[]> {
  const [height, width] = pack.manifest.generator?.sizes[0] ?? [256, 256];
  const image = smokeImage(width, height);
  const trials: Partial<Record<(typeof packRoles)[number], () => Promise<string>>> = {
    generator: () => tryGenerator(pack, image),
    clip: async () => {
      const request = {
        source: image,
        target: image,
        sourceCaption: "a red square",
        targetCaption: "a blue square",
      };
      const { scores } = await scorePair(openEmbedders(pack), request);
      return scores.clipSource === undefined
        ? fail("gave no score")
        : `smoke image fits its caption by ${scores.clipSource.toFixed(3)}`;
    },
    selfSupervised: async () =>
      `embeds in ${(await openEmbedders(pack).selfSupervised(image)).length} dimensions`,
    safety: async () =>
      `gives the smoke image ${(await unsafeProbability(pack, image)).toFixed(3)} for unsafe content`,
    tagger: async () => `sees ${(await tagImage(pack, image)).length} tags in the smoke image`,
    detector: async () =>
      `finds ${(await (await openDetector(pack)).detect(image, ["square"])).length} boxes in the smoke image`,
    segmenter: async () => {
      const segmenter = openSegmenter(pack);
      const encoding = await segmenter.encode(image);
      const points = [{ x: width / 2, y: 0.55 * height, positive: true }];
      return `proposes ${(await segmenter.prompt(encoding, { points })).length} mask(s) for a click`;
    },
  };
  const checks: PackCheck[] = [];
  for (const role of pack.roles) {
    const start = performance.now();
    try {
      const message = (await trials[role]?.()) ?? "";
      checks.push({
        subject: role,
        level: "ok",
        message: `${message} (${Math.round(performance.now() - start)} ms)`,
      });
    } catch (error) {
      checks.push({ subject: role, level: "error", message: (error as Error).message });
    }
  }
  return checks;
}

async function tryGenerator(pack: Pack, anchor: ReturnType<typeof smokeImage>): Promise<string> {
  const { defaults } = pack.role("generator");
  const [outcome] = await (await openGenerator(pack)).generatePairs([
    {
      sourceCaption: "a red square",
      targetCaption: "a blue square",
      size: [anchor.height, anchor.width],
      anchor,
      seed: 1,
      steps: Math.max(...defaults.steps),
      strength: defaults.strength,
      guidance: defaults.guidance,
      control: { mode: "refine", cross: 0.5, self: 0.5 },
    },
  ]);
  if (!outcome?.ok) return fail(outcome?.reason ?? "gave no pair");
  const { source, recipe } = outcome.pair;
  if (source.data.every((level) => level === source.data[0])) return fail("made a blank image");
  return `made a pair in ${recipe.steps.length} steps`;
}

function fail(message: string): never {
  throw new Error(message);
}
