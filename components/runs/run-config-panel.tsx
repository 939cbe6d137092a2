import { useQuery } from "@tanstack/react-query";
import { formatScore } from "@/components/edits/failure-text";
import { countOf, formatChoices } from "@/components/ui/format";
import { api } from "@/lib/api/client";
import type { RunView } from "@/lib/api/contract/runs";
import { type EditType, editTypeInfo } from "@/lib/domain/edit-types";
import type { Price } from "@/lib/domain/endpoint-config";
import { thresholdName } from "./threshold-name";

const regionFallbacks = {
  "free-form": "drawn freely",
  skip: "left out",
  "whole-image": "full mask for whole-image edits, others left out",
} as const;
const origins = { photo: "imported images", storybook: "Storybook scenes", sample: "sample images" } as const;

/** What is asked of servers outside of the studio. */
function endpointRows({ freeForm, judge, limits }: RunView["config"]): [string, string | false][] {
  const { generator } = freeForm;
  const price = ({ perRequest, perMillionInputTokens, perMillionOutputTokens }: Price) =>
    `${perRequest} a request, ${perMillionInputTokens} and ${perMillionOutputTokens} for a million tokens in and out`;
  const rows: [string, string | false][] =
    generator.kind === "images-endpoint"
      ? [
          ["Drawn by", `images endpoint, model ${generator.model}`],
          ["Prompt", generator.prompt],
          ["Sizes", generator.sizes.join(", ") || "left to the endpoint"],
          ["Masks", generator.useMask ? "sent, and the rest kept to the pixel" : "not sent"],
          ["Requests a minute", `at most ${generator.requestsPerMinute}`],
          ["Price of an image", price(generator.price)],
        ]
      : [];
  return [
    ...rows,
    ["Source", freeForm.source === "anchor" && "the anchor itself"],
    ["Judge", judge ? judge.model : false],
    ["Price of a judgement", judge ? price(judge.price) : false],
    ["Stops after spending", limits.maxSpend ? String(limits.maxSpend) : false],
  ];
}

/** The frozen configuration in words, folded away. */
export function RunConfigPanel({ run }: { run: RunView }) {
  const packs = useQuery(api.project.packs.queryOptions());
  const { config, thresholds } = run;
  const { anchors, instructions, freeForm, region, sampling, quotas, limits } = config;
  const defaults = packs.data?.find(({ name }) => name === freeForm.pack)?.defaults;
  /** What was left to the pack, as the pack says it today. */
  const orPack = (value: number | undefined, fallback: number | string | undefined) =>
    value ?? (fallback === undefined ? "from the pack" : `${fallback}, from the pack`);
  const control = freeForm.controlThreshold ?? defaults?.controlThreshold;
  const rows: [string, string | number | undefined | false][] = [
    [
      "Anchors",
      `${anchors.origin ? origins[anchors.origin] : "all"}${anchors.limit ? `, at most ${anchors.limit}` : ""}`,
    ],
    ["Edits for each anchor", instructions.editsPerAnchor],
    ["Edit types", instructions.editTypes?.map((id) => editTypeInfo(id).label).join(", ") ?? "all"],
    ["Model pack", freeForm.enabled && freeForm.pack],
    ...endpointRows(config),
    ["Candidates for each edit", freeForm.enabled && `at most ${freeForm.maxCandidates}`],
    ["Kept of each edit", freeForm.enabled && `at most ${freeForm.keep}`],
    [
      "Steps",
      freeForm.enabled && orPack(freeForm.steps, defaults ? formatChoices(defaults.steps) : undefined),
    ],
    ["Strength", freeForm.enabled && orPack(freeForm.strength, defaults?.strength)],
    ["Guidance", freeForm.enabled && orPack(freeForm.guidance, defaults?.guidance)],
    ["Attention control", freeForm.enabled && freeForm.control],
    ["Share of steps under control", freeForm.enabled && control && `${control[0]} to ${control[1]}`],
    [
      "That share holds for",
      freeForm.enabled && freeForm.gatedWords === "changed" && "the words that change",
    ],
    ["Emphasis on new words", freeForm.enabled && freeForm.emphasis],
    ["Starts from", freeForm.enabled && freeForm.anchorFree && "noise, not from the anchor"],
    ["Targets for each source", freeForm.enabled && freeForm.targetsPerSource],
    ["Regions", region.enabled && `${Math.round(100 * region.share)} % of the edits of one thing`],
    ["Edits without a region", region.enabled && regionFallbacks[region.withoutObject]],
    ["Objects chosen by", region.enabled && (region.chooser === "match" ? "rules" : "the language model")],
    [
      "Masks",
      region.enabled &&
        `${Math.round(100 * region.softShare)} % soft, s from ${region.softness[0]} to ${region.softness[1]}, rule: ${region.maskRule}`,
    ],
    ["Background put back", region.enabled && region.blend],
    ["Candidates for each region edit", region.enabled && `at most ${region.maxCandidates}`],
    ["Kept of each region edit", region.enabled && `at most ${region.keep}`],
    [
      "Drawing",
      sampling.mode === "fixed"
        ? "always all candidates"
        : `stops early; gives up below ${Math.round(100 * sampling.giveUpBelow)} % of the run's yield`,
    ],
    ["Passing wanted for each kept", sampling.passesPerKept > 1 && sampling.passesPerKept],
    [
      "Steps and control",
      sampling.mode === "adaptive" &&
        (sampling.learnSettings ? "chosen by what they gave before" : "drawn at random"),
    ],
    [
      "Noise",
      sampling.mode === "adaptive" &&
        (sampling.learnSettings && sampling.varyNoise && freeForm.targetsPerSource === 1
          ? "new, or taken up from the best draws"
          : "always new"),
    ],
    [
      "Quotas",
      quotas &&
        Object.entries(quotas)
          .map(([id, quota]) => `${editTypeInfo(id as EditType).label} ${quota}`)
          .join(", "),
    ],
    ["Seed", config.seed],
    ["Stops after", limits.maxMinutes && `${countOf(limits.maxMinutes, "minute")} of work`],
    ["Stops after", limits.maxCandidates && countOf(limits.maxCandidates, "candidate")],
    ...Object.entries(thresholds).map(([id, { min, max }]): [string, string] => [
      thresholdName(id),
      [
        min !== undefined && `at least ${formatScore(min)}`,
        max !== undefined && `at most ${formatScore(max)}`,
      ]
        .filter(Boolean)
        .join(", ") || "no bound",
    ]),
  ];
  return (
    <details className="mb-4 rounded-xl border border-line bg-panel">
      <summary className="rounded-xl px-5 py-3 font-semibold select-none">Configuration</summary>
      <dl className="grid gap-x-10 gap-y-1 px-5 pb-4 text-[13px] md:grid-cols-2">
        {rows.map(
          ([name, value]) =>
            value !== false &&
            value !== undefined && (
              <div
                key={`${name} ${value}`}
                className="flex justify-between gap-4 border-b border-line/60 py-0.5"
              >
                <dt className="text-ink-soft">{name}</dt>
                <dd className="text-right">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  );
}
