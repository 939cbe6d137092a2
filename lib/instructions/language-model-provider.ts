import { captionRules, firstError, inspectText } from "@/lib/domain/captions";
import { UserError } from "@/lib/domain/errors";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";
import type { ProposedEdit, TokenUsage } from "@/lib/domain/instruction-records";
import { type ChatAnswer, type ChatEndpoint, createChatClient } from "./chat-client";
import { createEditDeduplicator, normaliseForComparison } from "./deduplicator";
import type {
  InstructionProvider,
  ProposalFailure,
  ProposalOptions,
  ProposalOutcome,
} from "./instruction-provider";
import { parseAnswer, validateAnswer } from "./parse-answer";
import { layOutPrompt, promptVersion, shownExamples, shownInstructions } from "./prompt-layout";
import { createRandom } from "./random";
import { createRequestLimiter } from "./request-limiter";
import { sampleSeeds } from "./seed-sampling";

export type LanguageModelOptions = Partial<ChatEndpoint> & {
  readonly baseUrl: string;
  readonly model: string;
  /** Queries for one caption, the first included, while edits are missing. */
  readonly maxAttempts?: number;
  /** Requests under way at once. */
  readonly concurrent?: number;
  readonly requestsPerMinute?: number;
};

function sumUsage(a: TokenUsage | null, b: TokenUsage | null): TokenUsage | null {
  if (a === null || b === null) return a ?? b;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    totalTokens: a.totalTokens + b.totalTokens,
  };
}

/**
 * Stage I with a language model behind an OpenAI-compatible endpoint: in-context seeds, JSON answers, what does
 * not parse kept and asked for again.
 */
export function createLanguageModelProvider(options: LanguageModelOptions): InstructionProvider {
  const endpoint: ChatEndpoint = {
    timeoutMs: 90_000,
    maxRetries: 4,
    temperature: 0.9,
    maxTokens: 1500,
    ...options,
  };
  const maxAttempts = options.maxAttempts ?? 3;
  const client = createChatClient(endpoint);
  const limiter = createRequestLimiter({
    concurrent: options.concurrent ?? 4,
    ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
  });
  const id = `language-model:${options.model}`;
  const label = `language model ${options.model}`;

  async function propose(rawCaption: string, wanted: ProposalOptions): Promise<ProposalOutcome> {
    const { text: caption, problems } = inspectText(rawCaption, captionRules);
    const error = firstError(problems);
    if (error !== undefined) throw new UserError("bad-input", error.message, "caption");
    if (wanted.seeds.length === 0) {
      throw new UserError(
        "bad-input",
        "The language model needs seed examples to learn from. Write or import some first.",
        "seeds",
      );
    }
    const edits: ProposedEdit[] = [];
    const failures: ProposalFailure[] = [];
    const duplicates = createEditDeduplicator();
    for (const edit of wanted.known ?? []) duplicates.add(edit);
    let usage: TokenUsage | null = null;

    const take = (
      answer: Extract<ChatAnswer, { kind: "answer" }>,
      attempt: number,
      shown: ReadonlySet<string>,
    ): void => {
      const fail = (kind: ProposalFailure["kind"], reason: string): void => {
        failures.push({ kind, reason, rawText: answer.text, attempt });
      };
      const { items, problems: shapeProblems } = parseAnswer(answer.text);
      for (const reason of shapeProblems) fail("unparsable", reason);
      if (items.length === 0 && shapeProblems.length === 0) fail("unparsable", "The list of edits is empty.");
      for (const item of items) {
        if (edits.length >= wanted.count) break;
        const valid = validateAnswer(caption, item);
        if ("error" in valid) {
          fail("invalid-edit", valid.error);
          continue;
        }
        if (shown.has(normaliseForComparison(valid.instruction))) {
          fail("invalid-edit", `"${valid.instruction}" repeats an instruction of the prompt.`);
          continue;
        }
        const duplicate = duplicates.add({ sourceCaption: caption, ...valid });
        if (duplicate !== null) {
          fail("invalid-edit", `"${valid.instruction}" repeats "${duplicate.of}".`);
          continue;
        }
        const editType = classifyInstruction(valid.instruction);
        if (wanted.editTypes && !wanted.editTypes.includes(editType)) {
          fail(
            "invalid-edit",
            `"${valid.instruction}" is an edit of a type that is not wanted (${editType}).`,
          );
          continue;
        }
        edits.push({
          sourceCaption: caption,
          ...valid,
          editType,
          provenance: {
            providerId: id,
            providerLabel: label,
            model: answer.model,
            promptVersion,
            rngSeed: wanted.rngSeed,
            attempt,
            seedInstruction: null,
            usage: answer.usage,
          },
        });
      }
    };

    for (let attempt = 1; attempt <= maxAttempts && edits.length < wanted.count; attempt++) {
      wanted.signal?.throwIfAborted();
      const random = createRandom(wanted.rngSeed, attempt, caption);
      const drawn = sampleSeeds(wanted.seeds, shownInstructions + shownExamples, random);
      const examples = drawn.slice(0, Math.min(shownExamples, drawn.length));
      // With few seeds the examples' instructions are shown twice rather than not at all.
      const instructions = drawn.length > shownExamples ? drawn.slice(shownExamples) : drawn;
      const messages = layOutPrompt({
        caption,
        count: wanted.count - edits.length,
        instructions,
        examples,
        avoid: [...(wanted.known ?? []), ...edits].map((edit) => edit.instruction),
        ...(wanted.editTypes && { editTypes: wanted.editTypes }),
      });
      const answer = await limiter.run(() => client.ask(messages, random.below(2 ** 31), wanted.signal));
      if (answer.kind === "failed") {
        failures.push({ kind: "request-failed", reason: answer.reason, rawText: "", attempt });
        // The client has retried already; hammering a failing server helps nobody.
        break;
      }
      usage = sumUsage(usage, answer.usage);
      if (answer.kind === "answer")
        take(answer, attempt, new Set(drawn.map((seed) => normaliseForComparison(seed.instruction))));
      else failures.push({ kind: answer.kind, reason: answer.reason, rawText: answer.text, attempt });
    }
    return { edits, failures, usage };
  }

  return { id, label, propose };
}
