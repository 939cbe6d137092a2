/**
 * Draws edits of the recombination engine for rating: one JSON object a line, in the order drawn.
 *   npx tsx scripts/instruction-quality.ts --captions FILE --seed N [--count 200] [--per-caption 3]
 * FILE holds one caption a line, or JSON objects with a "text". Same files, seed and version: same edits.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createRandom } from "@/lib/instructions/random";
import {
  createRecombinationProvider,
  recombinationVersion,
} from "@/lib/instructions/recombination/recombination-provider";
import { parseSeedLines } from "@/lib/instructions/seed-lines";

const { values } = parseArgs({
  options: {
    captions: { type: "string", multiple: true },
    seed: { type: "string" },
    count: { type: "string", default: "200" },
    "per-caption": { type: "string", default: "3" },
  },
});
if (values.captions === undefined || values.seed === undefined) {
  console.error(
    "Usage: npx tsx scripts/instruction-quality.ts --captions FILE --seed N [--count 200] [--per-caption 3]",
  );
  process.exit(2);
}

const captionOf = (line: string): string =>
  line.startsWith("{") ? (JSON.parse(line) as { text: string }).text : line;
const captions = values.captions.flatMap((file) =>
  readFileSync(file, "utf8").trim().split("\n").map(captionOf),
);
const seeds = parseSeedLines(readFileSync("lib/instructions/starter-seeds.jsonl", "utf8")).seeds.map(
  ({ seed }) => seed,
);
const provider = createRecombinationProvider();
const rngSeed = Number(values.seed);
const wanted = Number(values.count);

let drawn = 0;
for (const caption of createRandom(rngSeed, "order").shuffle(captions)) {
  const { edits } = await provider.propose(caption, { count: Number(values["per-caption"]), seeds, rngSeed });
  for (const edit of edits) {
    if (drawn >= wanted) break;
    drawn++;
    const { sourceCaption, instruction, targetCaption, editType, editObject } = edit;
    console.log(
      JSON.stringify({
        number: drawn,
        version: recombinationVersion,
        sourceCaption,
        instruction,
        targetCaption,
        editType,
        editObject,
      }),
    );
  }
}
