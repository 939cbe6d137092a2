import { z } from "zod";
import { checkEdit, muchChangedShare } from "@/lib/domain/instruction-checks";
import { diffWords } from "@/lib/domain/word-diff";

const answerItem = z.object({
  instruction: z.string(),
  target_caption: z.string(),
  edit_object: z.string().nullish(),
});

export type AnsweredEdit = {
  readonly instruction: string;
  readonly targetCaption: string;
  readonly editObject: string | null;
};

/** Models wrap JSON in prose, fences or thinking; take the outermost object or list that parses. */
export function extractJson(text: string): unknown {
  const bare = text.replace(/<think>[\s\S]*?<\/think>/g, "").trim();
  const candidates = [bare, ...[...bare.matchAll(/```(?:json)?\s*([\s\S]*?)```/g)].map((match) => match[1]!)];
  for (const [open, close] of [
    ["{", "}"],
    ["[", "]"],
  ] as const) {
    const from = bare.indexOf(open);
    const to = bare.lastIndexOf(close);
    if (from !== -1 && to > from) candidates.push(bare.slice(from, to + 1));
  }
  for (const candidate of candidates) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === "object" && value !== null) return value;
    } catch {
      // Not this one; the next candidate may parse.
    }
  }
  return undefined;
}

/**
 * The list of edits in an answer, or a sentence saying why there is none. Items of a wrong shape come back as
 * sentences of their own, so that one bad item does not cost the others.
 */
export function parseAnswer(text: string): { items: AnsweredEdit[]; problems: string[] } {
  const value = extractJson(text);
  if (value === undefined) return { items: [], problems: ["The answer holds no JSON object."] };
  const list: unknown = Array.isArray(value) ? value : (value as { edits?: unknown }).edits;
  if (!Array.isArray(list)) return { items: [], problems: ['The answer has no list named "edits".'] };
  const items: AnsweredEdit[] = [];
  const problems: string[] = [];
  list.forEach((entry: unknown, index) => {
    const parsed = answerItem.safeParse(entry);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      problems.push(
        `Edit ${index + 1}: ${issue?.path.join(".") || "item"}: ${issue?.message ?? "wrong shape"}.`,
      );
      return;
    }
    const object = parsed.data.edit_object?.replace(/\s+/g, " ").trim() ?? "";
    const usable = object !== "" && object.split(" ").length <= 6 && !/^(?:none|null|n\/a)$/i.test(object);
    items.push({
      instruction: parsed.data.instruction,
      targetCaption: parsed.data.target_caption,
      editObject: usable ? object : null,
    });
  });
  return { items, problems };
}

/** Beyond this share of changed words a target caption describes another picture (or obeys the caption). */
const strangerShare = Math.max(0.85, muchChangedShare);

/** The edit with its texts cleaned, or a sentence saying which rule it breaks. */
export function validateAnswer(sourceCaption: string, item: AnsweredEdit): AnsweredEdit | { error: string } {
  const { text, problems } = checkEdit({ sourceCaption, ...item });
  const error = problems.find((problem) => problem.severity === "error");
  if (error !== undefined) return { error: error.message };
  if (/https?:\/\/|www\./i.test(`${text.instruction} ${text.targetCaption}`))
    return { error: "The edit holds a web address." };
  if (diffWords(sourceCaption, text.targetCaption).changedShare > strangerShare) {
    return { error: "The target caption shares hardly a word with the source caption." };
  }
  return { instruction: text.instruction, targetCaption: text.targetCaption, editObject: item.editObject };
}
