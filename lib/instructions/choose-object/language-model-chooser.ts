import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import { type ChatEndpoint, createChatClient } from "../chat-client";
import { extractJson } from "../parse-answer";
import { createRequestLimiter } from "../request-limiter";
import { choicePromptVersion, choiceSchema, layOutChoice } from "./choice-prompt";
import { splitNames } from "./match-objects";
import type { ObjectChoice, ObjectChooser } from "./object-chooser";

const answerSchema = z.object({ objects: z.union([z.array(z.string()), z.string()]) });

/** Chooses with a language model behind an OpenAI-compatible endpoint. An answer that cannot be read is no object. */
export function createLanguageModelChooser(
  options: Partial<ChatEndpoint> & { readonly baseUrl: string; readonly model: string },
): ObjectChooser {
  const endpoint: ChatEndpoint = {
    timeoutMs: 60_000,
    maxRetries: 4,
    temperature: 0,
    maxTokens: 400,
    ...options,
  };
  const client = createChatClient(endpoint, { name: "edited_objects", schema: choiceSchema });
  const limiter = createRequestLimiter({ concurrent: 4 });
  const chooser = `language model ${options.model} (${choicePromptVersion})`;

  return {
    async choose(question, signal): Promise<ObjectChoice> {
      const answer = await limiter.run(() => client.ask(layOutChoice(question), 1, signal));
      // Said by the caller as an outage: the edit is not to blame.
      if (answer.kind === "failed") throw new UserError("unavailable", answer.reason, "baseUrl");
      const none = (reason: string): ObjectChoice => ({ chooser, objects: [], reason, raw: answer.text });
      if (answer.kind !== "answer") return none(answer.reason);
      const objects = readChoice(answer.text);
      if (objects === null) return none("The language model's answer could not be read.");
      if (objects.length === 0) return none("The language model sees no particular thing that changes.");
      return {
        chooser,
        objects,
        reason: `The language model names ${objects.join(" and ")}.`,
        raw: answer.text,
      };
    },
  };
}

/** Words of the longest name that a detector can be asked for; what is longer is a sentence. */
const longestName = 5;

/** The names in an answer, at most two; none for NONE, null for an answer of another form. */
export function readChoice(text: string): string[] | null {
  const parsed = answerSchema.safeParse(extractJson(text));
  // The published form is a bare, comma-separated line.
  const line = text.trim().replace(/\.$/, "");
  if (!parsed.success && (line === "" || /[{}[\]\n]/.test(line))) return null;
  const names = splitNames(parsed.success ? [parsed.data.objects].flat().join(", ") : line);
  return names.every((name) => name.split(/\s+/).length <= longestName) ? names : null;
}
