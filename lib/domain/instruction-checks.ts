import { captionRules, inspectText, instructionRules, type TextProblem, type TextRules } from "./captions";
import { type EditType, editTypeInfo } from "./edit-types";
import { classifyInstruction } from "./instruction-classifier";
import { unaskedChanges } from "./unasked-changes";
import { diffWords } from "./word-diff";

export type EditField = "sourceCaption" | "instruction" | "targetCaption" | "editType";

export type EditProblem = {
  readonly field: EditField;
  readonly code:
    | TextProblem["code"]
    | "target-unchanged"
    | "much-changed"
    | "more-than-asked"
    | "type-differs";
  readonly severity: "error" | "warning";
  readonly message: string;
};

export type EditText = {
  readonly sourceCaption: string;
  readonly instruction: string;
  readonly targetCaption: string;
  readonly editType?: EditType;
};

/** Above this share of changed words the target caption is likely to be another picture, not an edit. */
export const muchChangedShare = 0.6;

const rulesOf = {
  sourceCaption: captionRules,
  instruction: instructionRules,
  targetCaption: captionRules,
} as const;
const nameOf = {
  sourceCaption: "The source caption",
  instruction: "The instruction",
  targetCaption: "The target caption",
} as const;
const fields = ["sourceCaption", "instruction", "targetCaption"] as const;

/**
 * Checks an edit as people write it and models propose it. `text` is the cleaned form; errors refuse the edit,
 * warnings (an unusual type, more changed than asked) are for people to weigh.
 */
export function checkEdit(edit: EditText): {
  text: Record<(typeof fields)[number], string>;
  problems: EditProblem[];
} {
  const problems: EditProblem[] = [];
  const text = { sourceCaption: "", instruction: "", targetCaption: "" };
  for (const field of fields) {
    const rules: TextRules = { ...rulesOf[field], name: nameOf[field] };
    const inspected = inspectText(edit[field], rules);
    text[field] = inspected.text;
    for (const problem of inspected.problems) problems.push({ field, ...problem });
  }
  const difference = diffWords(text.sourceCaption, text.targetCaption);
  const lettersChanged = difference.parts.some(
    (part) => part.kind !== "same" && /[\p{L}\p{N}]/u.test(part.text),
  );
  if (!lettersChanged) {
    problems.push({
      field: "targetCaption",
      code: "target-unchanged",
      severity: "error",
      message: "The target caption says the same as the source caption. Describe the picture after the edit.",
    });
  } else if (difference.changedShare > muchChangedShare) {
    problems.push({
      field: "targetCaption",
      code: "much-changed",
      severity: "warning",
      message: `${Math.round(difference.changedShare * 100)} % of the words changed. Keep every word the edit leaves true.`,
    });
  } else {
    const unasked = unaskedChanges(text);
    if (unasked.length > 0) {
      problems.push({
        field: "targetCaption",
        code: "more-than-asked",
        severity: "warning",
        message: `The instruction does not ask for ${unasked.map((change) => `“${change}”`).join(", ")}.`,
      });
    }
  }
  const suggested = classifyInstruction(text.instruction);
  if (edit.editType !== undefined && edit.editType !== suggested) {
    problems.push({
      field: "editType",
      code: "type-differs",
      severity: "warning",
      message: `The wording suggests the type "${editTypeInfo(suggested).label}", not "${editTypeInfo(edit.editType).label}".`,
    });
  }
  return { text, problems };
}
