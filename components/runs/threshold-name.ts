import { editTypeInfo, isEditType } from "@/lib/domain/edit-types";
import { scoreDefinition } from "@/lib/domain/scores";
import { scopeOf } from "@/lib/domain/thresholds";

/** A threshold's name for people: `region/add/clipDirection` is "Change follows the text (regions, Add)". */
export function thresholdName(name: string): string {
  const { score, scope } = scopeOf(name);
  const label = scoreDefinition(score)?.label ?? score;
  const where = scope.map((part) =>
    part === "region"
      ? "regions"
      : part === "freeForm"
        ? "free-form"
        : isEditType(part)
          ? editTypeInfo(part).label
          : part,
  );
  return where.length > 0 ? `${label} (${where.join(", ")})` : label;
}
