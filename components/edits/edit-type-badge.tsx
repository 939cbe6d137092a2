import { Badge } from "@/components/ui/badge";
import { type EditType, editTypeInfo } from "@/lib/domain/edit-types";

export function EditTypeBadge({ editType }: { editType: EditType }) {
  const { label, description } = editTypeInfo(editType);
  return <Badge title={description}>{label}</Badge>;
}
