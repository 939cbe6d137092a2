import { UserError } from "@/lib/domain/errors";

/** The language model's endpoint, from the environment. */
export function languageModelSettings(): { baseUrl: string; model: string; apiKey?: string } {
  const { PENTIMENTO_LLM_URL, PENTIMENTO_LLM_MODEL, PENTIMENTO_LLM_KEY } = process.env;
  if (!PENTIMENTO_LLM_URL || !PENTIMENTO_LLM_MODEL) {
    throw new UserError(
      "unavailable",
      "A language model is asked for; set PENTIMENTO_LLM_URL and PENTIMENTO_LLM_MODEL and start again.",
      "PENTIMENTO_LLM_URL",
    );
  }
  return {
    baseUrl: PENTIMENTO_LLM_URL,
    model: PENTIMENTO_LLM_MODEL,
    ...(PENTIMENTO_LLM_KEY && { apiKey: PENTIMENTO_LLM_KEY }),
  };
}
