import { writeFileSync } from "node:fs";
import { vocabularyOfCaptions } from "@/lib/instructions/recombination/vocabulary";
import { captionsOf } from "@/lib/storybook/captions";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { TRAINED } from "@/lib/storybook/trained-part";

// Writes the words of the Storybook captions that the shipped models were trained on:
// npx tsx scripts/storybook-vocabulary.ts models/storybook/vocabulary.json
const scenes = 4000;
const file = process.argv[2] ?? "models/storybook/vocabulary.json";
const captions = Array.from({ length: scenes }, (_, seed) =>
  captionsOf(sampleScene(seed, { split: "train" })),
).flat();
const { words } = vocabularyOfCaptions(captions);
const { nouns, colours } = TRAINED;
const sorted = { nouns: [...nouns].sort(), colours: [...colours].sort(), words: [...words].sort() };
writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
console.log(`${nouns.length} nouns, ${colours.length} colours, ${words.length} words written to ${file}.`);
