import { z } from "zod";
import { costMicros, type JudgeSettings } from "@/lib/domain/endpoint-config";
import type { RgbImage } from "@/lib/domain/image";
import type { Scores } from "@/lib/domain/scores";
import { judgeAnswerSchema, judgeRubric, judgeRubricHash } from "./judge-rubric";
import { pictureUrl } from "./picture-url";
import { defaultPolicy, type Endpoint, type RequestPolicy, sendRequest } from "./send-request";

export interface JudgeRequest {
  readonly instruction: string;
  readonly source: RgbImage;
  readonly target: RgbImage;
}

/** What the model said, word for word, and what could be read from it. */
export interface Judgement {
  /** As the server names it, which may be more exact than what was asked for. */
  readonly model: string;
  readonly rubric: string;
  readonly rubricHash: string;
  readonly instruction: string;
  readonly raw: string;
  /** Null where the answer could not be read: the scores are missing then, never 0. */
  readonly scores: Pick<Scores, "judgeFollows" | "judgeKeeps" | "judgeQuality"> | null;
  readonly problem: string | null;
  readonly costMicros: number;
}

const completionSchema = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().default(0), completion_tokens: z.number().default(0) })
    .nullish(),
});

const mark = z.int().min(0).max(10);
const marksSchema = z.object({ follows: mark, keeps: mark, quality: mark });

/** Lets a vision-language model mark one pair (POST /v1/chat/completions with two images), at temperature 0. */
export async function judgePair(
  endpoint: Endpoint,
  settings: JudgeSettings,
  pair: JudgeRequest,
  options: { signal?: AbortSignal; policy?: Partial<RequestPolicy> } = {},
): Promise<Judgement> {
  const messages = await layOut(pair);
  const policy = { ...defaultPolicy, maxRetries: settings.maxRetries, ...options.policy };
  const ask = (form: object) =>
    sendRequest(
      endpoint,
      {
        path: "/chat/completions",
        name: "The judge",
        signal: options.signal,
        body: () =>
          JSON.stringify({
            model: settings.model,
            messages,
            temperature: 0,
            seed: 0,
            max_tokens: 400,
            ...form,
          }),
      },
      policy,
    );
  const held = await ask({
    response_format: {
      type: "json_schema",
      json_schema: { name: "marks", strict: true, schema: judgeAnswerSchema },
    },
  });
  // A server that cannot hold the model to a schema refuses the request; the rubric asks for JSON anyway.
  const answer = !held.ok && held.kind === "refused" ? await ask({}) : held;

  const base = {
    model: settings.model,
    rubric: judgeRubric.id,
    rubricHash: judgeRubricHash,
    instruction: pair.instruction,
  };
  if (!answer.ok) return { ...base, raw: "", scores: null, problem: answer.reason, costMicros: 0 };
  const completion = completionSchema.safeParse(parseJson(answer.text));
  const choice = completion.data?.choices[0];
  if (!completion.success || !choice) {
    const problem = "The judge's answer is no chat completion.";
    return { ...base, raw: answer.text, scores: null, problem, costMicros: costMicros(settings.price, null) };
  }
  const { usage, model } = completion.data;
  const tokens = usage && { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
  const raw = choice.message.content ?? choice.message.refusal ?? "";
  return {
    ...base,
    model: model ?? settings.model,
    raw,
    ...readMarks(raw, choice.finish_reason ?? null),
    costMicros: costMicros(settings.price, tokens ?? null),
  };
}

/** The model's own reason, where an answer holds one; null too for an answer that cannot be read. */
export function readReason(raw: string): string | null {
  const reason = (parseJson(jsonIn(raw) ?? "") as { reason?: unknown } | null)?.reason;
  return typeof reason === "string" && reason.trim() !== "" ? reason.trim() : null;
}

/** The marks in an answer: the one JSON object in it, with three whole numbers from 0 to 10. */
export function readMarks(raw: string, finish: string | null): Pick<Judgement, "scores" | "problem"> {
  const fail = (problem: string) => ({ scores: null, problem });
  if (finish === "length") return fail("The judge's answer was cut off.");
  const object = jsonIn(raw);
  if (object === undefined) return fail("The judge's answer holds no JSON object.");
  const parsed = marksSchema.safeParse(parseJson(object));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".");
    return fail(
      field
        ? `The judge's answer has no whole number from 0 to 10 for “${field}”.`
        : "The judge's answer is not valid JSON.",
    );
  }
  const { follows, keeps, quality } = parsed.data;
  return { scores: { judgeFollows: follows, judgeKeeps: keeps, judgeQuality: quality }, problem: null };
}

/** What may be the JSON object in an answer that has other words around it. */
function jsonIn(raw: string): string | undefined {
  return /\{[\s\S]*\}/.exec(raw)?.[0];
}

async function layOut({ instruction, source, target }: JudgeRequest) {
  const image = async (picture: RgbImage) => ({
    type: "image_url",
    image_url: { url: await pictureUrl(picture) },
  });
  const text = (words: string) => ({ type: "text", text: words });
  return [
    { role: "system", content: judgeRubric.text },
    {
      role: "user",
      content: [
        text(`Instruction: ${JSON.stringify(instruction)}`),
        text("Source:"),
        await image(source),
        text("Target:"),
        await image(target),
      ],
    },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
