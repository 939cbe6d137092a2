import { editTypeInfo } from "@/lib/domain/edit-types";
import { analyseCaption, type CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { mostObjects, type ObjectChoice, type ObjectQuestion } from "./object-chooser";

const chooser = "rules on instruction, tags and caption";

/** Verbs whose edits leave no trace at one place: what is added is not there yet, what moves is at two places. */
const movers = /^(?:please\s+)?(?:move|shift|swap the places|add|insert)\b/i;

/**
 * The embedded chooser, by the rules of UltraEdit's Table 10 and without a language model: what Stage I named as the
 * edited object, else the first thing that the instruction names and that the tags or the caption know.
 */
export function matchObjects(question: ObjectQuestion): ObjectChoice {
  const { instruction, editType, editObject, sourceCaption, tags } = question;
  const none = (reason: string): ObjectChoice => ({ chooser, objects: [], reason, raw: null });
  if (!editTypeInfo(editType).regionCapable) return none("An edit of this type changes the whole picture.");
  if (editType === "add" || movers.test(instruction)) {
    return none("What is added or moved has no place of its own in the picture yet.");
  }
  if (editObject) {
    const named = splitNames(editObject);
    if (named.length > 0) {
      return {
        chooser,
        objects: named,
        reason: `The edit itself is about ${named.join(" and ")}.`,
        raw: null,
      };
    }
  }
  const known = knownNouns(sourceCaption, tags);
  const analysis = analyseCaption(instruction);
  const first = analysis.phrases.findIndex((phrase) => isKnown(phrase, known));
  if (first < 0) return none("The instruction names nothing that the tags or the caption know.");
  const objects = [wordsOf(analysis, analysis.phrases[first]!)];
  const next = analysis.phrases[first + 1];
  if (next?.before === "and" && isKnown(next, known)) objects.push(wordsOf(analysis, next));
  const seen = objects.every((object) => tags.some((tag) => object.endsWith(tag)));
  return {
    chooser,
    objects: objects.slice(0, mostObjects),
    reason: `The instruction names ${objects.join(" and ")}, known from the ${seen ? "tags" : "caption"}.`,
    raw: null,
  };
}

/** Names from a list such as "the red car and the dog": without articles, at most two, none for NONE. */
export function splitNames(text: string): string[] {
  if (/\bnone\b/i.test(text)) return [];
  const names = text
    .toLowerCase()
    .split(/\s*(?:,|;|\band\b)\s*/)
    .map((name) => name.replace(/^(?:the|a|an|its|his|her|their|some)\s+/, "").trim())
    .filter((name) => /[\p{L}\p{N}]/u.test(name));
  return [...new Set(names)].slice(0, mostObjects);
}

function knownNouns(caption: string, tags: readonly string[]): ReadonlySet<string> {
  const inCaption = analyseCaption(caption).phrases.flatMap(({ noun }) => (noun ? [noun.lemma] : []));
  return new Set([...inCaption, ...tags.map((tag) => tag.toLowerCase())]);
}

const isKnown = ({ noun }: NounPhrase, known: ReadonlySet<string>): boolean =>
  noun !== null && (known.has(noun.lemma) || known.has(noun.plural));

/** The phrase without its determiner, as it is written: "red car". */
function wordsOf({ tokens }: CaptionAnalysis, phrase: NounPhrase): string {
  return tokens
    .slice(phrase.modifiersStart, phrase.end)
    .map(({ lower }) => lower)
    .join(" ");
}
