import { UserError } from "@/lib/domain/errors";
import type { LanguageModel } from "../config";
import type { Studio } from "../context";

/**
 * The installation's language model, for a run that asks for one.
 * @throws UserError that names the variables to set
 */
export function requireLanguageModel({ endpoints }: Pick<Studio, "endpoints">): LanguageModel {
  if (endpoints.languageModel) return endpoints.languageModel;
  throw new UserError(
    "unavailable",
    "A language model is asked for; set PENTIMENTO_LLM_URL and PENTIMENTO_LLM_MODEL and start again.",
    "PENTIMENTO_LLM_URL",
  );
}
