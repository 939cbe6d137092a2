import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RunConfig } from "@/lib/domain/run-config";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { createLanguageModelProvider } from "@/lib/instructions/language-model-provider";
import { createRecombinationProvider } from "@/lib/instructions/recombination/recombination-provider";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { Studio } from "../context";
import { requireLanguageModel } from "./require-language-model";

/** What of a run's configuration decides who writes its instructions. */
export interface ProviderChoice {
  config: Pick<RunConfig, "instructions" | "freeForm">;
}

/** The instruction provider that a run's configuration asks for; each is made once and shared by all runs. */
export function createProviders(
  studio: Pick<Studio, "packsDir" | "endpoints">,
): (run: ProviderChoice) => Promise<InstructionProvider> {
  let languageModel: InstructionProvider | undefined;
  const recombination = new Map<string, Promise<InstructionProvider>>();

  return async ({ config: { instructions, freeForm } }) => {
    if (instructions.provider === "openai") {
      languageModel ??= createLanguageModelProvider(requireLanguageModel(studio));
      return languageModel;
    }
    const pack = instructions.preferPackVocabulary && freeForm.enabled ? freeForm.pack : "";
    const provider = recombination.get(pack) ?? recombinationFor(studio, pack);
    recombination.set(pack, provider);
    // A pack that was broken may have been mended by the next time.
    provider.catch(() => recombination.delete(pack));
    return provider;
  };
}

/** Recombination in any words, or only in those that a pack declares it was trained on. */
async function recombinationFor(
  { packsDir }: Pick<Studio, "packsDir">,
  pack: string,
): Promise<InstructionProvider> {
  const folder = join(packsDir, pack);
  const file = pack && (await loadManifest(folder)).manifest.vocabulary;
  if (!file) return createRecombinationProvider();
  const vocabulary = vocabularySchema.parse(JSON.parse(await readFile(join(folder, file), "utf8")));
  return createRecombinationProvider({ vocabulary });
}

const vocabularySchema = z.object({
  nouns: z.array(z.string()),
  colours: z.array(z.string()),
  words: z.array(z.string()),
});
