import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { removable } from "../lexicon/categories";
import { prepositions } from "../lexicon/function-words";

const leavesWith = new Set([
  "with",
  "next to",
  "near",
  "beside",
  "holding",
  "carrying",
  "wearing",
  "behind",
  "in front of",
  "alongside",
  "close to",
  "by",
  "pulling",
  "pushing",
]);
const possessiveAfter = new Set(["his", "her", "its", "their"]);

/** Where a removal of the phrase begins and ends in tokens, its connecting word included; null if it cannot go. */
export function removalSpan(
  caption: CaptionAnalysis,
  phrase: NounPhrase,
): { start: number; end: number } | null {
  const { tokens, phrases } = caption;
  if (!removable.has(phrase.category)) return null;
  const index = phrases.indexOf(phrase);
  const next = tokens[phrase.end]?.lower ?? ".";
  let end = phrase.end;
  if (/^(?:of|'s|with|that|which|who)$/.test(next)) return null;
  // "with a dog on her lap": the place goes with the thing.
  const following = phrases[index + 1];
  const tiedPlace =
    following !== undefined &&
    following.determiner !== null &&
    (possessiveAfter.has(following.determiner.split(" ")[0]!) ||
      ["part", "body-part"].includes(following.category)) &&
    following.beforeStart === phrase.end;
  if (tiedPlace) {
    end = following.end;
    if (!/^[.,]$/.test(tokens[end]?.text ?? ".")) return null;
  } else if (following !== undefined && possessiveAfter.has(following.determiner?.split(" ")[0] ?? ""))
    return null;
  const after = tokens[end]?.lower ?? ".";
  if (
    !/^[.!?]$/.test(after) &&
    after !== "and" &&
    after !== "," &&
    !prepositions.has(after) &&
    after !== "while"
  )
    return null;
  if (after === "while" && phrase.before !== "with") return null;
  const previous = phrases[index - 1];
  // "a man and a woman", "with a couch, a table and a lamp": one of a list goes with its "and".
  if (phrase.before === "and" && previous !== undefined && previous.end === phrase.beforeStart) {
    // "a, b and c" would need its "and" moved.
    const commaList =
      tokens.slice(0, phrase.beforeStart).some((token) => token.text === ",") ||
      (phrases[index - 2] !== undefined && previous.before === ",");
    const verbFollows = prepositions.has(after) || /^[.]$/.test(after);
    if (commaList || previous.before === null || !verbFollows) return null;
    return { start: phrase.beforeStart, end };
  }
  if (
    phrase.before === null ||
    !leavesWith.has(phrase.before) ||
    tokens[phrase.beforeStart - 1]?.lower === "and"
  )
    return null;
  if (after === "and" || after === ",") {
    // "with a sandwich and fries": the first of two goes, "with" stays.
    if (
      after === "," ||
      following === undefined ||
      following.beforeStart !== phrase.end ||
      following.start !== phrase.end + 1
    )
      return null;
    return { start: phrase.start, end: following.start };
  }
  if (
    /^(?:holding|carrying|pulling|pushing|wearing)$/.test(phrase.before) &&
    /^(?:down|across|through|along|past|over|up|to|into|toward|towards|for|from|out|off|under)$/.test(after)
  )
    return null;
  // "a man standing next to a car" leaves "a man standing", but "looking at" and the like ask for more.
  let start = phrase.beforeStart;
  const verb = tokens[start - 1]?.lower ?? "";
  if (phrase.before === "by" && !/^(?:standing|sitting|lying|laying|walking|parked)$/.test(verb)) return null;
  if (
    /^(?:standing|parked|sitting|lying|stopped|hiding|perched|waiting|leaning|kneeling|docked|resting)$/.test(
      verb,
    ) &&
    /^[.!?]$/.test(after) &&
    phrase.before !== "with"
  )
    return null;
  if (
    /^(?:playing|filled|covered|loaded|topped|lined|decorated|covered|made|is|are|was|were|painted|eating|talking|cooking|ending)$/.test(
      verb,
    )
  )
    return null;
  if (tokens[start - 1]?.text === ",") start--;
  return { start, end };
}
