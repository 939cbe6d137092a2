import type { EditType } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import { checkEdit } from "@/lib/domain/instruction-checks";

export interface SeedText {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  editType: EditType;
}

/** The seed's texts, cleaned; throws `bad-input` naming the first field that cannot be used. */
export function checkSeed(seed: SeedText): SeedText {
  const { text, problems } = checkEdit(seed);
  const error = problems.find((problem) => problem.severity === "error");
  if (error) throw new UserError("bad-input", error.message, error.field);
  return { ...text, editType: seed.editType };
}
