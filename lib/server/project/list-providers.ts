import { type Context, requireAbility } from "../context";
import { providerNames } from "../runs/present-run";

/** The instruction providers; the language model is set up by `PENTIMENTO_LLM_URL` and `PENTIMENTO_LLM_MODEL`. */
export async function listProviders(context: Context) {
  requireAbility(context, "read");
  const { PENTIMENTO_LLM_URL: url, PENTIMENTO_LLM_MODEL: model } = process.env;
  const available = Boolean(url && model);
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
