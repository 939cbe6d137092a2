import { UserError } from "@/lib/domain/errors";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { createLanguageModelProvider } from "@/lib/instructions/language-model-provider";
import { createRecombinationProvider } from "@/lib/instructions/recombination/recombination-provider";
import type { Studio } from "@/lib/server/context";
import type { RunnableRun } from "@/lib/server/runs/runnable-run";

/** The instruction provider that a run's configuration asks for; language models are shared by all runs. */
export function createProviders(_studio: Studio): (run: RunnableRun) => Promise<InstructionProvider> {
  let languageModel: InstructionProvider | undefined;
  return async ({ config }) => {
    if (config.instructions.provider === "recombination") return createRecombinationProvider();
    languageModel ??= languageModelFromEnvironment();
    return languageModel;
  };
}

function languageModelFromEnvironment(): InstructionProvider {
  const { PENTIMENTO_LLM_URL, PENTIMENTO_LLM_MODEL, PENTIMENTO_LLM_KEY } = process.env;
  if (!PENTIMENTO_LLM_URL || !PENTIMENTO_LLM_MODEL) {
    throw new UserError(
      "unavailable",
      "The run asks for a language model; set PENTIMENTO_LLM_URL and PENTIMENTO_LLM_MODEL and start the worker again.",
      "PENTIMENTO_LLM_URL",
    );
  }
  return createLanguageModelProvider({
    baseUrl: PENTIMENTO_LLM_URL,
    model: PENTIMENTO_LLM_MODEL,
    ...(PENTIMENTO_LLM_KEY && { apiKey: PENTIMENTO_LLM_KEY }),
  });
}
