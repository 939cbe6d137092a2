import { type Context, requireAbility } from "../context";
import { providerNames } from "../runs/present-run";

/** The instruction providers, and how to set up the one that is missing. */
export async function listProviders(context: Context) {
  requireAbility(context, "read");
  const model = context.studio.endpoints.languageModel?.model;
  const available = model !== undefined;
  return [
    { id: "recombination" as const, label: providerNames.recombination, available: true, hint: null },
    {
      id: "openai" as const,
      label: available ? `${providerNames.openai} ${model}` : providerNames.openai,
      available,
      hint: available
        ? null
        : "To use a language model, set PENTIMENTO_LLM_URL (any OpenAI-compatible endpoint) and PENTIMENTO_LLM_MODEL, then start again.",
    },
  ];
}
