import { createLanguageModelChooser } from "@/lib/instructions/choose-object/language-model-chooser";
import { matchObjects } from "@/lib/instructions/choose-object/match-objects";
import type { ObjectChooser } from "@/lib/instructions/choose-object/object-chooser";
import type { Studio } from "@/lib/server/context";
import { requireLanguageModel } from "@/lib/server/runs/require-language-model";
import type { RunnableRun } from "@/lib/server/runs/runnable-run";

const byRules: ObjectChooser = { choose: async (question) => matchObjects(question) };

/** Who says what an edit changes, as a run's configuration asks for; the language model's client is made once. */
export function createChoosers(studio: Studio): (run: RunnableRun) => Promise<ObjectChooser> {
  let languageModel: ObjectChooser | undefined;
  return async ({ config }) => {
    if (config.region.chooser === "match") return byRules;
    languageModel ??= createLanguageModelChooser(requireLanguageModel(studio));
    return languageModel;
  };
}
