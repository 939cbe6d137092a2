import { captionRules, firstError, inspectText } from "@/lib/domain/captions";
import { type EditType, editTypeIds } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import type { ProposedEdit, SeedExample } from "@/lib/domain/instruction-records";
import { createEditDeduplicator } from "../deduplicator";
import { analyseCaption, type CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import type { InstructionProvider, ProposalOptions, ProposalOutcome } from "../instruction-provider";
import { createRandom, type Random } from "../random";
import { abstractSeed } from "./abstract-seed";
import { applyTemplate } from "./apply-template";
import { fitsCaption, fitsPhrase } from "./fitting";
import type { Template } from "./template";
import { createThingPools } from "./thing-pools";
import { createVocabularyCheck, type RecombinationVocabulary } from "./vocabulary";

export const recombinationId = "recombination";
export const recombinationLabel = "recombination of human seeds, no language model";
/** Changes whenever the rules or the word lists do; stored with every edit. */
export const recombinationVersion = "recombination-4";

type Option = { readonly template: Template; readonly phrase: NounPhrase | null };

const abstracted = new WeakMap<SeedExample, Template | null>();

/** Takes each seed apart once, whatever list it comes in. */
function templateOf(seed: SeedExample): Template | null {
  let template = abstracted.get(seed);
  if (template === undefined) {
    template = abstractSeed(seed);
    abstracted.set(seed, template);
  }
  return template;
}

/** Types that fit fewer captions are tried sooner, so that all ten come out about equally often. */
const rarity: Readonly<Record<EditType, number>> = {
  remove: 5,
  replace: 1.7,
  "transform-local": 1.4,
  "change-local": 1.2,
  "change-color": 1.2,
  add: 1,
  turn: 0.9,
  others: 0.8,
  "change-global": 0.8,
  "transform-global": 0.7,
};

/** A random order in which weight decides how likely a type comes early (Efraimidis and Spirakis 2006). */
function typeOrder(types: readonly EditType[], random: Random): EditType[] {
  return types
    .map((type) => ({ type, key: random.next() ** (1 / rarity[type]) }))
    .sort((a, b) => b.key - a.key)
    .map(({ type }) => type);
}

/** For each edit type, for each object (or the whole caption), the templates that fit. */
function findOptions(
  templates: readonly Template[],
  caption: CaptionAnalysis,
): Map<EditType, Map<NounPhrase | null, Option[]>> {
  const options = new Map<EditType, Map<NounPhrase | null, Option[]>>();
  const note = (option: Option): void => {
    const ofType = options.get(option.template.editType) ?? new Map<NounPhrase | null, Option[]>();
    options.set(option.template.editType, ofType);
    ofType.set(option.phrase, [...(ofType.get(option.phrase) ?? []), option]);
  };
  for (const template of templates) {
    if (template.object === null) {
      if (fitsCaption(template, caption)) note({ template, phrase: null });
      continue;
    }
    for (const phrase of caption.phrases)
      if (fitsPhrase(template, caption, phrase)) note({ template, phrase });
  }
  return options;
}

/** Options of one type in the order they are tried: each object in turn, so that none is favoured for its many templates. */
function tryOrder(byPhrase: ReadonlyMap<NounPhrase | null, readonly Option[]>, random: Random): Option[] {
  const piles = random.shuffle([...byPhrase.values()]).map((pile) => random.shuffle(pile));
  const longest = Math.max(...piles.map((pile) => pile.length));
  return Array.from({ length: longest }, (_, round) => piles.map((pile) => pile[round]))
    .flat()
    .filter((option) => option !== undefined);
}

/**
 * Stage I without a model: wordings abstracted from the human seeds, filled with the caption's own things and
 * with other things of their kind. `vocabulary` restricts what may be newly named to what a model pack knows.
 */
export function createRecombinationProvider(
  settings: { readonly vocabulary?: RecombinationVocabulary } = {},
): InstructionProvider {
  const vocabulary = createVocabularyCheck(settings.vocabulary);

  async function propose(
    rawCaption: string,
    { count, seeds, rngSeed, signal, editTypes, known = [] }: ProposalOptions,
  ): Promise<ProposalOutcome> {
    signal?.throwIfAborted();
    const { text: sourceCaption, problems } = inspectText(rawCaption, captionRules);
    const error = firstError(problems);
    if (error !== undefined) throw new UserError("bad-input", error.message, "caption");
    if (seeds.length === 0) {
      throw new UserError(
        "bad-input",
        "Recombination needs seed examples to recombine. Write or import some first.",
        "seeds",
      );
    }
    const templates = seeds.map(templateOf).filter((template) => template !== null);
    const things = createThingPools(templates);
    const random = createRandom(rngSeed, sourceCaption);
    const caption = analyseCaption(sourceCaption);
    const options = findOptions(templates, caption);
    const available = editTypeIds.filter((type) => options.has(type) && (editTypes?.includes(type) ?? true));
    const queues = typeOrder(available, random).map((type) => tryOrder(options.get(type)!, random));
    const duplicates = createEditDeduplicator();
    for (const edit of known) duplicates.add(edit);
    const edits: ProposedEdit[] = [];
    // One edit of each type in turn, until enough are found or nothing is left to try.
    while (edits.length < count && queues.some((queue) => queue.length > 0)) {
      for (const queue of queues) {
        let option = edits.length < count ? queue.shift() : undefined;
        for (; option !== undefined; option = queue.shift()) {
          const { template, phrase } = option;
          const made = applyTemplate(template, caption, sourceCaption, phrase, {
            random,
            vocabulary,
            things,
          });
          if (made === null || duplicates.add({ sourceCaption, ...made }) !== null) continue;
          edits.push({
            sourceCaption,
            ...made,
            provenance: {
              providerId: recombinationId,
              providerLabel: recombinationLabel,
              model: null,
              promptVersion: recombinationVersion,
              rngSeed,
              attempt: 1,
              seedInstruction: template.seed.instruction,
              usage: null,
            },
          });
          break;
        }
      }
    }
    const missing = count - edits.length;
    const failures =
      missing > 0
        ? [
            {
              kind: "invalid-edit" as const,
              reason:
                edits.length === 0
                  ? "No seed's pattern fits this caption."
                  : `No seed's pattern fits this caption for ${missing} more ${missing === 1 ? "edit" : "edits"}.`,
              rawText: "",
              attempt: 1,
            },
          ]
        : [];
    return { edits, failures, usage: null };
  }

  return { id: recombinationId, label: recombinationLabel, propose };
}
