import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import { type ChatEndpoint, createChatClient } from "../chat-client";
import { extractJson } from "../parse-answer";
import { createRequestLimiter } from "../request-limiter";
import { choicePromptVersion, choiceSchema, layOutChoice } from "./choice-prompt";
import { splitNames } from "./match-objects";
import { mostObjects, type ObjectChoice, type ObjectChooser } from "./object-chooser";

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

/** The names in an answer, at most two; none for NONE, null for an answer of another form. */
export function readChoice(text: string): string[] | null {
  const parsed = answerSchema.safeParse(extractJson(text));
  if (parsed.success) return splitNames([parsed.data.objects].flat().join(", "));
  // The published form is a bare, comma-separated line.
  const line = text.trim();
  const bare = line !== "" && line.length <= 80 && !/[{}[\]\n]/.test(line);
  return bare ? splitNames(line.replace(/\.$/, "")).slice(0, mostObjects) : null;
}
