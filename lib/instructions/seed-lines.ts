import { type EditType, editTypeIds, isEditType } from "@/lib/domain/edit-types";
import { checkEdit, type EditField } from "@/lib/domain/instruction-checks";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";
import type { SeedExample } from "@/lib/domain/instruction-records";

export type SeedLineError = {
  /** Counted from 1, blank lines included. */
  readonly line: number;
  readonly field: EditField | "line";
  readonly message: string;
};

export type SeedLine = {
  readonly line: number;
  readonly seed: SeedExample;
  readonly warnings: readonly string[];
};

/** Field names accepted for each field, ours first; the rest are UltraEdit's, InstructPix2Pix's and MagicBrush's. */
export const seedFieldNames = {
  sourceCaption: [
    "source_caption",
    "sourceCaption",
    "input_text",
    "original_caption",
    "source_text",
    "original_prompt",
    "input_caption",
    "caption",
    "input",
  ],
  instruction: ["instruction", "edit_instruction", "edit_prompt", "edit_instance", "edit"],
  targetCaption: [
    "target_caption",
    "targetCaption",
    "output_text",
    "edited_caption",
    "new_caption",
    "target_text",
    "edited_prompt",
    "output_caption",
    "output",
  ],
  editType: ["edit_type", "editType", "type", "task"],
} as const satisfies Record<EditField, readonly string[]>;

/** No honest seed needs more; a line this long is another file. */
const maxLineLength = 20_000;

/** An edit type from common spellings: "Change-Color", "change_colour", "change color". */
export function parseEditType(value: string): EditType | null {
  const id = value
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-")
    .replace("colour", "color");
  if (id === "other") return "others";
  return isEditType(id) ? id : null;
}

function textField(
  record: Record<string, unknown>,
  field: EditField,
): { value: string; name: string } | { error: string } {
  const names = seedFieldNames[field];
  const name = names.find((candidate) => record[candidate] !== undefined && record[candidate] !== null);
  if (name === undefined) return { error: `The field "${names[0]}" is missing.` };
  const value = record[name];
  return typeof value === "string" ? { value, name } : { error: `The field "${name}" must be text.` };
}

/** Reads one JSONL line; `line` is only for the messages. */
export function parseSeedLine(text: string, line: number): SeedLine | SeedLineError[] {
  const fail = (field: SeedLineError["field"], message: string): SeedLineError => ({ line, field, message });
  if (text.length > maxLineLength)
    return [fail("line", `The line has ${text.length} characters; the limit is ${maxLineLength}.`)];
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return [fail("line", "The line is not JSON. Each line must hold one object in braces.")];
  }
  return checkSeedRecord(record, line);
}

/** Checks one object with a seed's fields; `line` is only for the messages. */
export function checkSeedRecord(record: unknown, line: number): SeedLine | SeedLineError[] {
  const fail = (field: SeedLineError["field"], message: string): SeedLineError => ({ line, field, message });
  if (typeof record !== "object" || record === null || Array.isArray(record))
    return [fail("line", "The line is not a JSON object.")];
  const errors: SeedLineError[] = [];
  const read = { sourceCaption: "", instruction: "", targetCaption: "" };
  for (const field of ["sourceCaption", "instruction", "targetCaption"] as const) {
    const found = textField(record as Record<string, unknown>, field);
    if ("error" in found) errors.push(fail(field, found.error));
    else read[field] = found.value;
  }
  const typeField = textField(record as Record<string, unknown>, "editType");
  let editType: EditType | null = null;
  if ("value" in typeField) {
    editType = parseEditType(typeField.value);
    if (editType === null)
      errors.push(
        fail(
          "editType",
          `"${typeField.value.slice(0, 40)}" is no edit type. Use one of: ${editTypeIds.join(", ")}.`,
        ),
      );
  } else if (!typeField.error.includes("missing")) errors.push(fail("editType", typeField.error));
  if (errors.length > 0) return errors;
  const checked = checkEdit(editType === null ? read : { ...read, editType });
  for (const problem of checked.problems) {
    if (problem.severity === "error") errors.push(fail(problem.field, problem.message));
  }
  if (errors.length > 0) return errors;
  const seed: SeedExample = {
    ...checked.text,
    editType: editType ?? classifyInstruction(checked.text.instruction),
  };
  return { line, seed, warnings: checked.problems.map((problem) => problem.message) };
}

/** Reads seed examples from JSONL. Bad lines are listed with their number, good ones are kept. */
export function parseSeedLines(text: string): { seeds: SeedLine[]; errors: SeedLineError[] } {
  const seeds: SeedLine[] = [];
  const errors: SeedLineError[] = [];
  text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      if (content.trim() === "") return;
      const parsed = parseSeedLine(content, index + 1);
      if (Array.isArray(parsed)) errors.push(...parsed);
      else seeds.push(parsed);
    });
  return { seeds, errors };
}

/** Writes seed examples as JSONL that `parseSeedLines` reads back unchanged. */
export function formatSeedLines(seeds: readonly SeedExample[]): string {
  return seeds
    .map(
      (seed) =>
        `${JSON.stringify({
          source_caption: seed.sourceCaption,
          instruction: seed.instruction,
          target_caption: seed.targetCaption,
          edit_type: seed.editType,
        })}\n`,
    )
    .join("");
}
