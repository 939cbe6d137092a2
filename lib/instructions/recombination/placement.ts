import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import type { Category } from "../lexicon/categories";
import { besideWords } from "./thing-pools";

/** Whether words put after the phrase would run into what follows it: "a man with a dog wearing a hat". */
export function followsBadly(caption: CaptionAnalysis, phrase: NounPhrase, words: string): boolean {
  const next = caption.tokens[phrase.end]?.lower ?? ".";
  if (["of", "'s", "or"].includes(next)) return true;
  if (/^wearing\b/.test(words)) return /^(?:wearing|in|with|dressed|who|and|,|that)$/.test(next);
  if (/^(?:holding|carrying|eating|reading|raising|waving|looking)\b/.test(words)) {
    return !/^(?:\.|standing|sitting|walking|on|at|near|next|waiting|posing|looking|smiling)$/.test(next);
  }
  const still =
    /^(?:\.|standing|sitting|walking|on|at|near|waiting|posing|lying|leaning|perched|parked|resting|is|are|looking|under)$/;
  if (phrase.category === "person" && /^with\b/.test(words)) return !still.test(next);
  if (besideWords.has(words)) return !(still.test(next) || next === "in") || next === "walking";
  if (/^(?:topped|filled)\b/.test(words)) return /^(?:with|and|,|topped|filled|full|covered)$/.test(next);
  if (/^with\b/.test(words))
    return /^(?:with|and|,|that|covered|full|filled|set|painted|made|topped|loaded|lined|decorated)$/.test(
      next,
    );
  return /^(?:and|,|that|next|beside|near)$/.test(next);
}

/** Whether the phrase takes part in `from`, and where it does so allows `to`: postures ask for something to be in or on. */
export function postureFits(caption: CaptionAnalysis, phrase: NounPhrase, from: string, to: string): boolean {
  const words = from.split(" ");
  const at = /^(?:is|are)$/.test(caption.tokens[phrase.end]?.lower ?? "") ? phrase.end + 1 : phrase.end;
  if (!words.every((word, index) => caption.tokens[at + index]?.lower === word)) return false;
  const then = caption.tokens[at + words.length]?.lower ?? ".";
  const posture = /^(?:sitting|standing|lying|sleeping|perched|resting|laying)/;
  if (!posture.test(from) && !posture.test(to))
    return !/^(?:down|up|out|a|an|the)$/.test(then) || from === to.split(" ")[0];
  if (["down", "up", "at", "around", "behind", "through"].includes(then)) return false;
  const place = caption.phrases.find((other) => other.start >= at + words.length);
  if (then === "in" || then === "inside" || then === "on") {
    const broad: readonly Category[] = [
      "ground",
      "outdoor-place",
      "textile",
      "bed",
      "road",
      "indoor-place",
      "landform",
      "table",
    ];
    const seats =
      /^(?:lying|sitting|sleeping|resting|laying|standing)/.test(to) &&
      ["couch", "sofa", "bench", "armchair", "park bench"].includes(place?.noun?.lemma ?? "") &&
      !/^standing/.test(to);
    return place !== undefined && (broad.includes(place.category) || seats);
  }
  return true;
}
